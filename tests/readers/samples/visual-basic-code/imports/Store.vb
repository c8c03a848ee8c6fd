' Imports Commented
REM Imports Commented.Too
Imports System
imports Newtonsoft.Json, Log = NLog.Logger ' Imports Behind
Imports <xmlns:ns="http://example.org">

Namespace Example.Device.Storage
    Public Class Store
        Private Const Text As String = "Imports InText "" NLog.In.Text"

        Public Shared Function Read(name As String,
                                    Optional most As Integer = 5) As String
            Dim value = Global.MathNet.Numerics.Statistics.Mean(name) ' A.B.C
            Assembly.Load("Late.Bound")
            Assembly.LoadFrom(name)
            Return value.ToString()
        End Function
    End Class
End Namespace
