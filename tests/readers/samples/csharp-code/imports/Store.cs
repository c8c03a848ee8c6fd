// using Commented;
/* using Commented.Too; */
global using Serilog;
using System;
using static System.Math;
using Json = Newtonsoft.Json.JsonConvert;
using Pairs = System.Collections.Generic.List<System.String>;
using global::Dapper;

namespace Example.Device.Storage;

public sealed class Store<T> : IDisposable
{
    private const string Text = "using InText; \" NLog.In.Text";
    private const string Verbatim = @"using InVerbatim; "" NLog.In.Text \";
    private const string Raw = """
        using InRaw; "quoted"
        """;
    private const char Quote = '"';

    public Store(string path) { }

    public async Task<List<T>> Read(string name, int most = 5)
    {
        using (var file = File.OpenRead(name)) { }
        using var other = Open();
        var value = global::NLog.LogManager.GetCurrentClassLogger();
        MathNet.Numerics.Statistics.Mean(value);
        Assembly.Load("Late.Bound, Version=1.0.0.0");
        Assembly.LoadFrom(name);
        return $"using {value} {$"MathNet.Numerics.Other"}";
    }

    private void Hidden() { }
}
