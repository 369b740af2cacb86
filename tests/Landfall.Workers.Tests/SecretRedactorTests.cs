namespace Landfall.Workers.Tests;

public sealed class SecretRedactorTests
{
    [Theory]
    [InlineData("p a+ss", "Password=p a+ss;")]
    [InlineData("p a+ss", "url?p=p%20a%2Bss;")]
    [InlineData("p a+ss", "Basic cCBhK3Nz;")]
    [InlineData("p\"a", "{\"p\":\"p\\u0022a\"};")]
    [InlineData("one-line\ntwo-line", "two-line;")]
    [InlineData(" padded\n", "padded;")]
    [InlineData("ab\nabc", "abc;")]
    public void Redact_SecretInAnyForm_IsGone(string secret, string text)
    {
        string redacted = new SecretRedactor([secret]).Redact(text);

        Assert.Contains("***", redacted, StringComparison.Ordinal);
        Assert.All(
            secret.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            part => Assert.DoesNotContain(part, redacted, StringComparison.Ordinal));
        Assert.EndsWith(";", redacted, StringComparison.Ordinal);
    }

    [Fact]
    public void Redact_SecretInsideAnother_LeavesNothing() =>
        Assert.Equal("*** ***", new SecretRedactor(["abc", "abcdef", ""]).Redact("abcdef abc"));

    [Fact]
    public void Redact_NoSecret_ChangesNothing() => Assert.Equal("text", new SecretRedactor([""]).Redact("text"));
}
