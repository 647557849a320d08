using ContactCenterCrm.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- NAME [options]: docs/benchmarks.md tells the method and the last figures.
return args switch
{
    ["reader", .. var rest] => await ReaderBenchmark.Run(rest),
    ["save-batch", .. var rest] => await SaveBatchBenchmark.Run(rest),
    ["flood", var count] => await AmiFlood.Serve(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        reader [runs]     AMI messages per second and bytes allocated for each, against the limit of only finding the fields
        save-batch [runs] Calls saved per second on SQLite and PostgreSQL, one by one and by the hundred, against Dapper by hand
        """);
    return 2;
}
