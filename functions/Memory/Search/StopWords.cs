namespace Memory.Search;

/// <summary>Words that say nothing about what is sought, folded. They count only where a question holds no other.</summary>
internal static class StopWords
{
    private static readonly HashSet<string> All = """
        a an the this that these those there here it its he him his she her hers they them their theirs we us our ours i me my mine you your yours
        one ones
        am is are was were be been being do does did doing done have has had having will would shall should can could may might must ought
        of at by for with about against between into through during before after above below to from up down in out on off over under again
        and or but nor so than too very just not no if then else as until while because
        what which who whom whose when where why how much many long often any some anything something someone anyone everything all each every both
        few more most other such only own same
        know tell told say said please give find show get got let remember recall mention mentioned still ever also currently now yet already really
        actually
        s t d m ll re ve don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn
        der die das den dem des ein eine einen einem einer eines kein keine keinen er sie es ihn ihm ihr ihre ihren ihrem ihrer sein seine seinen
        seinem seiner wir uns unser unsere ich mich mir mein meine meinen meinem meiner du dich dir dein deine deinen man sich
        bin bist ist sind war waren wird werden wurde wurden worden habe hast hat haben hatte hatten kann konnen konnte muss mussen soll sollen
        sollte will wollen darf durfen gibt geht
        von vom zu zum zur bei beim mit nach aus auf an am im in ins fur gegen um uber unter vor seit bis durch ohne wegen und oder aber nicht noch
        auch nur schon sehr denn dass ob wenn weil als wie
        was wer wen wem wessen wann wo wohin woher warum wieso weshalb welche welcher welches welchen welchem wieviel viel viele alle alles jede
        jeder jedes etwas irgend bitte mal doch eigentlich nochmal
        le la les un une des du de et ou est sont qui que quoi quel quelle quels quelles ou quand comment pourquoi combien ce cette ces il elle ils
        elles je tu nous vous mon ma mes ton ta tes son sa ses dans pour avec sur par au aux ne pas se
        el los las una unos unas y o es son quien que cual cuales cuando donde como por para con en del al su sus mi mis tu tus se no lo
        il lo gli uno di e chi che cosa quale quali quando dove come perche con per su del della dei delle al alla mio mia suo sua non si
        ما ماذا من هو هي هم متي اين كيف لماذا كم هل في علي عن الي مع هذا هذه ذلك التي الذي كان كانت هي او ثم قد لا لم لن ان
        что кто где когда как почему какой какая какие сколько это и в на с по для от до из у не а но или ли есть был была мой моя его ее их
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>Characters of Chinese and Japanese that bind words or ask, hiragana aside.</summary>
    private const string Particles = "的了吗呢么吧是在有和与就都也还很谁哪怎什几多少个这那们我你您他她它时候请给把被对为";

    /// <summary>Letters that are no word of a sentence, nor what an apostrophe leaves of one, but a name.</summary>
    private const string LoneLetters = "bfghkpqrvwxz";

    public static bool Contains(string word) =>
        word.Length == 1
            ? word[0] < '\u0250' && !char.IsDigit(word[0]) && !LoneLetters.Contains(word[0], StringComparison.Ordinal) || All.Contains(word)
            : All.Contains(word);

    /// <summary>Whether a pair of characters of an unspaced script binds more than it says.</summary>
    public static bool IsBinding(string pair) =>
        pair.All(c => c is >= '\u3041' and <= '\u309F' || Particles.Contains(c, StringComparison.Ordinal));

    /// <summary>Whether a pair holds a character that binds: it says less than one of nouns.</summary>
    public static bool HoldsParticle(string pair) =>
        pair.Any(c => c is >= '\u3041' and <= '\u309F' || Particles.Contains(c, StringComparison.Ordinal));
}
