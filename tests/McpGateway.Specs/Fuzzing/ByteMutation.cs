using System.Text;

namespace McpGateway.Specs.Fuzzing;

/// <summary>Spoils a message as bytes: other encodings, broken UTF-8, cuts, and sizes about the limit.</summary>
internal static class ByteMutation
{
    public static byte[] Apply(Random random, byte[] body)
    {
        if (body.Length == 0)
        {
            return body;
        }

        var at = random.Next(body.Length);
        switch (random.Next(7))
        {
            case 0:
                return body[..at];
            case 1:
                return [.. body[..at], (byte)random.Next(256), .. body[at..]];
            case 2:
                return [.. body, .. body];
            case 3:
                return [.. Encoding.UTF8.Preamble, .. body];
            case 4:
                return Encoding.Convert(Encoding.UTF8, Encoding.Unicode, body);
            default:
                var flipped = body.ToArray();
                for (var i = random.Next(1, 5); i > 0; i--)
                {
                    flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
                }

                return flipped;
        }
    }

    /// <summary>Bytes of no meaning.</summary>
    public static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(2000)];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>The message with white space after it, up to one and a half times the limit.</summary>
    public static byte[] Pad(Random random, byte[] body, int limit)
    {
        var padded = new byte[body.Length + random.Next(limit * 3 / 2)];
        padded.AsSpan().Fill((byte)' ');
        body.CopyTo(padded, 0);
        return padded;
    }
}
