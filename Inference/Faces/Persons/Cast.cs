namespace LipSync.Faces.Persons;

/// <summary>
/// Who is in a video. A track ends where a scene does; here the tracks that show the same person come together. Where looks alone
/// don't decide, a face alone in its scene is taken for one seen before: a talker whose pauses were cut out is the common case.
/// </summary>
internal static class Cast
{
    private const float SurelySame = 1.8f;
    private const float SurelyOther = 3.2f;

    /// <summary>Share of a face's area from which another one in the same picture is no bystander.</summary>
    private const double Bystander = 0.5;

    /// <summary>The persons, the most seen first.</summary>
    public static IReadOnlyList<Person> Of(FaceTracks tracks, CancellationToken cancellationToken)
    {
        List<Person> persons = [];
        foreach (var track in tracks.Tracks.OrderByDescending(Person.WeightOf))
        {
            if (Likeness.Of(tracks, track, cancellationToken) is { } likeness)
            {
                Join(persons, new Person([track], likeness), SurelySame);
            }
        }

        List<Person> cast = [];
        foreach (var person in persons.OrderByDescending(person => person.Weight))
        {
            Join(cast, person, person.Tracks.All(track => IsAlone(track, tracks)) ? SurelyOther : 0);
        }

        return [.. cast.OrderByDescending(person => person.Weight)];
    }

    /// <summary>Makes the newcomer one with the most alike of the persons that are not further from him than this, or else one more.</summary>
    private static void Join(List<Person> persons, Person newcomer, float furthest)
    {
        var alike = persons.Where(person => !person.IsSeenWith(newcomer)).Select(person => (Person: person, Distance: person.Likeness.DistanceTo(newcomer.Likeness)))
            .Where(pair => pair.Distance <= furthest).OrderBy(pair => pair.Distance).Select(pair => pair.Person).FirstOrDefault();
        if (alike is null)
        {
            persons.Add(newcomer);
        }
        else
        {
            persons[persons.IndexOf(alike)] = alike.With(newcomer);
        }
    }

    private static bool IsAlone(FaceTrack track, FaceTracks tracks) => !tracks.Tracks.Any(
        other => other != track && Person.Overlap(track, other) && other.MeanArea > Bystander * track.MeanArea);
}
