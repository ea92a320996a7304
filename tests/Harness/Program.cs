using LipSync.Gateway;
using LipSync.Silo;
using LipSync.Tests;

// The real programs, as they are composed, with what the environment asks for put into them: see Doubles.
return args switch
{
    ["gateway", .. var settings] => await GatewayProgram.Run(settings, Doubles.Add),
    ["bare", ..] => await BareProgram.Run(),
    ["silo", .. var settings] => await SiloProgram.Run(settings, Doubles.Add),
    _ => throw new ArgumentException("The first argument is 'gateway', 'silo' or 'bare'."),
};
