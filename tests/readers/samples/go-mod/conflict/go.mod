module example.org/pump
<<<<<<< HEAD
require example.org/a v1.0.0
=======
require example.org/a v1.1.0
>>>>>>> other
