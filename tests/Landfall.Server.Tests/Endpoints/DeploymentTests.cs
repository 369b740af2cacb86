using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Server.Endpoints;
using Landfall.Server.Harness;
using Landfall.Testing;

namespace Landfall.Server.Tests.Endpoints;

public sealed class DeploymentTests
{
    private static readonly TinyModel Model = new(1);

    public static TheoryData<string, int[], int[]> Misfits() => new()
    {
        { "traffic below 100", [50, 49], [0, 0] },
        { "traffic above 100", [60, 50], [0, 0] },
        { "negative traffic", [110, -10], [0, 0] },
        { "mirror above 50", [100, 0], [0, 51] },
        { "two mirrors", [100, 0, 0], [0, 10, 10] },
        { "traffic and mirror", [50, 50], [0, 10] },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void Deploy_WhatDoesNotFit_IsRefusedAndWhatWasStays(string what, int[] traffic, int[] mirror)
    {
        _ = what;
        DeploymentSet before = DeploymentSet.Of([new("blue", Model, 100)]);

        LandfallException refusal = Assert.Throws<LandfallException>(() => DeploymentSet.Of(
            [.. traffic.Select((t, i) => new Deployment($"d{i}", Model, t, mirror[i]))]));

        Assert.Equal("LF4421", refusal.Code);
        Assert.Equal("blue", before.Pick(0)!.Name);
    }

    [Fact]
    public void Deploy_BadOrRepeatedNames_AreRefused()
    {
        Assert.Throws<LandfallException>(() => DeploymentSet.Of([new("", Model, 100)]));
        Assert.Throws<LandfallException>(() => DeploymentSet.Of([new("a b", Model, 100)]));
        Assert.Throws<LandfallException>(() => DeploymentSet.Of([new(new string('a', 33), Model, 100)]));
        Assert.Throws<LandfallException>(() => DeploymentSet.Of([new("a", Model, 50), new("a", Model, 50)]));
        Assert.NotNull(DeploymentSet.Of([new(new string('a', 32), Model, 100)]));
    }

    [Fact]
    public void Pick_EveryDraw_GivesEachItsShare()
    {
        DeploymentSet set = DeploymentSet.Of([new("a", Model, 70), new("b", Model, 0), new("c", Model, 30)]);

        ImmutableArray<string> picked = [.. Enumerable.Range(0, 100).Select(d => set.Pick(d)!.Name)];

        Assert.Equal(70, picked.Count(p => p == "a"));
        Assert.Equal(30, picked.Count(p => p == "c"));
        Assert.Null(DeploymentSet.Empty.Pick(0));
    }

    [Fact]
    public async Task Deploy_UnderLoad_DropsNoRequest()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion(1));
        using CancellationTokenSource stop = new();
        int[] answered = new int[4];
        Task[] callers = [.. Enumerable.Range(0, answered.Length).Select(CallAsync)];

        for (int version = 2; version <= 40; version++)
        {
            server.Source.Deployments = [TestServer.Champion(version)];
            await Eventually.TrueAsync(() => server.Endpoint.Deployments[0].Model.Identity.Version == version);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        Assert.All(answered, a => Assert.True(a > 10, $"{a} answers"));
        Assert.True(server.Exposures.Served.Select(s => s.ModelVersion).Distinct().Count() > 20);
        Assert.Equal(0, server.Endpoint.Counters.Refused + server.Endpoint.Counters.Failed);

        async Task CallAsync(int caller)
        {
            while (!stop.IsCancellationRequested)
            {
                using HttpResponseMessage response = await server.ScoreAsync("""{"account_id":"account-3"}""");
                response.EnsureSuccessStatusCode();
                answered[caller]++;
            }
        }
    }

    [Fact]
    public async Task Refresh_SourceThatDoesNotFit_KeepsWhatWas()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion(1));

        server.Source.Deployments = [TestServer.Champion(2, 90)];
        await Eventually.TrueAsync(() => server.Log.Lines.Any(l => l.Contains("LF4421", StringComparison.Ordinal)));

        Assert.Equal(1, server.Endpoint.Deployments[0].Model.Identity.Version);
        Assert.True((await server.ScoreAsync("""{"account_id":"account-3"}""")).IsSuccessStatusCode);
    }
}
