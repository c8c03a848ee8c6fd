using System;
/* never ends
