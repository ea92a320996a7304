return await LipSync.Gateway.GatewayProgram.Run(args);
