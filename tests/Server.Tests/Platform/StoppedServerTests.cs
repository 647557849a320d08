using System.Runtime.CompilerServices;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Platform;

sealed class StoppedServerTests
{
    [Test]
    public async Task Stopped_servers_do_not_stay_in_memory()
    {
        List<WeakReference> services = [];
        // What is on the way of the last one may still hold it.
        for (var i = 0; i < 3; i++)
            services.Add(await StartAndStop());

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(services.Count(one => one.IsAlive), Is.LessThan(2));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<WeakReference> StartAndStop()
    {
        await using var server = await RunningServer.Start();
        return new(server.Services);
    }
}
