using ContactCenterCrm.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- NAME [options]: docs/benchmarks.md tells the method and the last figures.
return args switch
{
    ["reader", .. var rest] => await ReaderBenchmark.Run(rest),
    ["save-batch", .. var rest] => await SaveBatchBenchmark.Run(rest),
    ["tracker", .. var rest] => TrackerBenchmark.Run(rest),
    ["pop", .. var rest] => await PopBenchmark.Run(rest),
    ["search", .. var rest] => await SearchBenchmark.Run(rest),
    ["lists", .. var rest] => await ListsBenchmark.Run(rest),
    ["deals", .. var rest] => await DealsBenchmark.Run(rest),
    ["recording", .. var rest] => await RecordingBenchmark.Run(rest),
    ["flood", var count] => await AmiFlood.Serve(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        reader [runs]            AMI messages per second and bytes allocated for each, against the limit of only finding the fields
        tracker [runs]           Signals per second that calls are made of, against only looking up the leg
        save-batch [runs]        Calls saved per second on SQLite and PostgreSQL, one by one and by the hundred, against Dapper by hand
        pop ENGINE [seconds]     From the bytes of a ring to the card at the agent's desk, at 100 calls per second and 200 agents
        search ENGINE [queries]  The forgiving search among 1 000 000 clients
        lists ENGINE             Call lists and timelines after 10 000 and after 1 000 000 calls
        deals ENGINE             Boards, filters and moves of deals with 1 000 and with 10 000 open ones
        recording [minutes]      Memory that the product takes for the upload and the playing of a long recording

        ENGINE is sqlite or postgres.
        """);
    return 2;
}
