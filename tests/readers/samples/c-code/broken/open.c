#include <zlib.h>
/* never ends
#include <gone.h>
