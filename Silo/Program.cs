return await LipSync.Silo.SiloProgram.Run(args);
