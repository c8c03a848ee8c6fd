import a.b.C;
/* never ends
