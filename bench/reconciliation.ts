import pg from 'pg'
import { pairedRatio, spread } from './figures.ts'
import { fillBooks } from './reconciliation-rows.ts'
import type { Bench } from './setting.ts'

const AIM = 8
const ROUNDS = 5
const CARNETS = 100_000
/** What the checks read that grows with use. */
const TABLES = ['pass', 'redemption', 'carnet', 'transfer', 'account', 'inscription', 'atelier', 'bordereau', 'bordereau_convention']

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

type Count = { name: string; n: string }

/** Every check of the books, on a million pass half of which are used, beside the bare count of the rows of the same tables, in turn. */
export const reconciliation: Bench = async ({ ownerUrl, scale }) => {
  const carnets = Math.max(400, Math.round((CARNETS * scale) / 400) * 400)
  const sql = new pg.Client({ connectionString: ownerUrl })
  await sql.connect()
  console.log(`  base prête en ${(await seconds(() => fillBooks(sql, carnets))).toFixed(0)} s`)
  const counting = TABLES.map((table) => `select '${table}' name, count(*) n from ${table}`).join(' union all ')
  const sides = {
    controles: () => sql.query<Count>('select name, count n from reconciliation_controle'),
    comptage: () => sql.query<Count>(counting),
  }
  // both warm before the first round that counts
  const { rows: counts } = await sides.comptage()
  const { rows: checks } = await sides.controles()
  const times = { controles: [] as number[], comptage: [] as number[] }
  for (let round = 0; round < ROUNDS; round++)
    for (const side of round % 2 ? (['comptage', 'controles'] as const) : (['controles', 'comptage'] as const))
      times[side].push(await seconds(sides[side]))
  await sql.end()
  const bad = checks.filter(({ n }) => Number(n) > 0)
  console.log(`  ${counts.map(({ name, n }) => `${name} ${Number(n).toLocaleString('fr-FR')}`).join(' · ')}`)
  console.log(`  ${checks.length} contrôles ${spread(times.controles)} s · count(*) des mêmes tables ${spread(times.comptage)} s`)
  const { ratios, median } = pairedRatio(times.controles, times.comptage)
  console.log(
    `  rapport ${spread(ratios)}\u00a0; ${bad.length === 0 ? 'aucun écart' : bad.map(({ name, n }) => `${name}\u00a0: ${n}`).join(', ')}`,
  )
  const isMet = bad.length === 0 && median <= AIM
  console.log(`reconciliation ratio=${median.toFixed(2)} aim<=${AIM} ${isMet ? 'PASS' : 'FAIL'}`)
  return isMet
}
