// The command line: `npm run cli -- <commande>`. Exit codes: 0 done, 1 failed, 2 wrong use.
import { runCli } from './platform/cli.ts'
import { COMMANDS } from './commands.ts'

process.exitCode = await runCli(COMMANDS, process.argv.slice(2))
