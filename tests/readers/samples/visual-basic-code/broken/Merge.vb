Imports System
<<<<<<< HEAD
Imports NLog
=======
Imports Serilog
>>>>>>> other
