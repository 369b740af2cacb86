namespace Landfall.Azure.Policies.Language;

/// <summary>What an expression or condition may ask while it is evaluated.</summary>
internal interface IPolicyFacts
{
    /// <summary>The time; null where an expression stands outside of a rule.</summary>
    DateTimeOffset? Now { get; }

    /// <summary>How often the counts of values around it are gone through: one where there is none.</summary>
    int Passes { get; }

    /// <summary>The value of a parameter of the definition.</summary>
    PolicyValue Parameter(string name);

    /// <summary>The values of a field of the resource.</summary>
    /// <param name="name">Its name or alias.</param>
    FieldValues Field(string name);

    /// <summary>
    /// The values of a field as the function <c>field</c> gives them: in the condition on a related resource, of the
    /// resource that the rule is for.
    /// </summary>
    FieldValues FieldOfSubject(string name);

    /// <summary>Whether nobody should see what a field holds.</summary>
    bool IsHidden(string name);

    /// <summary>The member that a count is at.</summary>
    /// <param name="name">
    /// The count's name or alias, or the alias of a property of the member; null for the innermost.
    /// </param>
    PolicyValue Current(string? name);

    /// <summary>What an object of the surroundings is: <c>subscription</c>, <c>resourceGroup</c> and others.</summary>
    PolicyValue Surroundings(string function);

    /// <summary>The same facts while a count is at a member.</summary>
    /// <param name="name">The count's name or alias.</param>
    /// <param name="member">The member.</param>
    /// <param name="passes">How often that count of values and those around it are gone through.</param>
    IPolicyFacts At(string name, PolicyValue member, int passes);
}
