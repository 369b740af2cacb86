using Landfall.Estate;
using Landfall.Recommender.Data;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Scoring;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Tests.Packages;

public sealed class PackageFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"landfall-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Read_WhatWasWritten_ScoresTheSame()
    {
        ModelPackage package = Packaged();

        string hash = PackageFile.Write(package, _path);
        ModelPackage read = PackageFile.Read(_path, hash);

        Assert.Equal(package.Services.AsEnumerable(), read.Services);
        Assert.Equal(package.Options, read.Options);
        Assert.Equal(package.TrainedThrough, read.TrainedThrough);
        Assert.Equal(1, read.Calibration.Of(0.7));
        Assert.Equal(0, read.Calibration.Of(0.1));
        SuggestionList before = new ServiceRecommender(package).Recommend(["b"], 2, []);
        SuggestionList after = new ServiceRecommender(read).Recommend(["b"], 2, []);
        Assert.Equal(before.Items.Select(i => (i.Service, i.Score)), after.Items.Select(i => (i.Service, i.Score)));
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        string first = PackageFile.Write(Packaged(), _path);
        byte[] bytes = File.ReadAllBytes(_path);

        Assert.Equal(first, PackageFile.Write(Packaged(), _path));
        Assert.Equal(bytes, File.ReadAllBytes(_path));
        Assert.Equal(0, (BitConverter.ToInt64(bytes) + 8) % 8);
    }

    [Fact]
    public void Read_EveryLengthAndFlippedBits_IsRefused()
    {
        string hash = PackageFile.Write(Packaged(), _path);
        byte[] whole = File.ReadAllBytes(_path);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(_path, whole[..length]);
            Assert.Equal("LF4404", Assert.Throws<LandfallException>(() => PackageFile.Read(_path, hash)).Code);
            Assert.Equal("LF4404", Assert.Throws<LandfallException>(() => PackageFile.Read(_path, null)).Code);
        }

        for (int at = 0; at < whole.Length; at += 11)
        {
            byte[] bad = [.. whole];
            bad[at] ^= 0x10;
            File.WriteAllBytes(_path, bad);
            Assert.Equal("LF4404", Assert.Throws<LandfallException>(() => PackageFile.Read(_path, hash)).Code);
        }

        File.Delete(_path);
        Assert.Equal("LF4404", Assert.Throws<LandfallException>(() => PackageFile.Read(_path, hash)).Code);
    }

    internal static ModelPackage Packaged()
    {
        Interaction[] uses =
        [
            new(0, 0, 1, 0), new(0, 1, 1, 0), new(1, 1, 1, 0), new(1, 2, 1, 0), new(2, 0, 1, 0), new(2, 1, 1, 0),
        ];
        ModelOptions options = new() { Algorithm = ModelAlgorithm.Ease, Lambda = 0.5, PopularityWeight = 0.1 };
        return new()
        {
            Name = "tiny",
            Options = options,
            TrainedThrough = new(2026, 6, 30),
            Services = ["a", "b", "c"],
            Accounts = [2, 3, 1],
            Model = new ModelTrainer(new InteractionList(uses, 3, 3)).Train(options, CancellationToken.None),
            Fallback = [0.5, 1, 0.25],
            Calibration = Calibration.Fit([(0.5, false), (0.5, false), (0.4, false), (0.6, true)]),
        };
    }
}
