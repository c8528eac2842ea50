// `npm run bench -- NAME [--scale 0.1]`: measures one thing against its reference, in a database of its own.
import { bordereaux } from './bordereaux.ts'
import { carnetPdf } from './carnet-pdf.ts'
import { contention } from './contention.ts'
import { generation } from './generation.ts'
import { growth } from './growth.ts'
import { reconciliation } from './reconciliation.ts'
import { redeem } from './redeem.ts'
import type { Bench } from './setting.ts'

const BENCHES: Record<string, Bench> = { redeem, contention, growth, generation, 'carnet-pdf': carnetPdf, bordereaux, reconciliation }

const words = process.argv.slice(2)
const at = words.indexOf('--scale')
const scale = at < 0 ? 1 : Number(words[at + 1])
const name = words.find((word, i) => !word.startsWith('--') && (at < 0 || i !== at + 1)) ?? ''
const bench = BENCHES[name]
const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, SECRETS_DIR: secretsDir } = process.env

if (!bench || !(scale > 0)) {
  console.error(`Choisissez une mesure\u00a0: npm run bench -- ${Object.keys(BENCHES).join('|')} [--scale 0.1]`)
  process.exit(1)
}
if (!appUrl || !ownerUrl || !secretsDir) {
  console.error('DATABASE_URL, DATABASE_OWNER_URL et SECRETS_DIR manquent\u00a0: lancez la mesure par «\u00a0npm run bench\u00a0».')
  process.exit(1)
}
process.exit((await bench({ appUrl, ownerUrl, secretsDir, scale, env: process.env })) ? 0 : 1)
