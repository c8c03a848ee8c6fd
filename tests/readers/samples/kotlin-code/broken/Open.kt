import a.b.C
/* outer /* inner */
import c.d.E
