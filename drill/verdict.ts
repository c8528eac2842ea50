import type pg from 'pg'
import { type Act, type Answer, essence, insist } from './client.ts'

/** What must be none: lost (acknowledged, and not there), double (a pass paid twice, books that disagree), otherwise (told two things). */
export type Verdict = { acknowledged: number; lost: string[]; double: string[]; otherwise: string[] }

/** Every gesture is asked about once more, under its key: whoever had an answer hears the same, the others hear at last. */
const settle = async (acts: readonly Act[], portOf: () => number) => {
  const told: string[] = []
  for (const act of acts) {
    const before = act.answers[0]
    let patience = 200
    const again = await insist(act, portOf, () => patience-- <= 0)
    if (!again) told.push(`${act.kind} ${act.key}: no answer after the drill`)
    else if (before && essence(before) !== essence(again))
      told.push(`${act.kind} ${act.key}: told ${essence(before).slice(0, 120)} then ${essence(again).slice(0, 120)}`)
  }
  return told
}

const finalOf = ({ answers }: Act): Answer | undefined => answers[0]

/** Each group of pass belongs to one médiateur: the last gesture that was accepted says whether they are used. */
const expectedOf = (acts: readonly Act[]): Map<string, boolean> => {
  const used = new Map<string, boolean>()
  for (const act of acts) {
    const status = finalOf(act)?.status
    if (act.kind === 'redeem' && status === 201) for (const code of act.codes) used.set(code, true)
    if (act.kind === 'undo' && status === 200) for (const code of act.codes) used.set(code, false)
  }
  return used
}

/** Nobody else uses these pass and the stock is whole: a refusal is a lie. */
const refusals = (acts: readonly Act[]): string[] =>
  acts.flatMap((act) => {
    const answer = finalOf(act)
    return answer && answer.status >= 400 ? [`${act.kind} ${act.key}: refused, ${essence(answer).slice(0, 160)}`] : []
  })

/** Compares what everyone was told with what the database holds. `lookups`: code → keyed hash, hexadecimal. */
export const judge = async (
  sql: pg.Client,
  acts: readonly Act[],
  lookups: ReadonlyMap<string, string>,
  portOf: () => number,
): Promise<Verdict> => {
  const otherwise = [...(await settle(acts, portOf)), ...refusals(acts)]
  const expected = expectedOf(acts)
  const codes = [...expected.keys()]
  const { rows } = await sql.query<{ lookup: string; statut: string; vivantes: number }>(
    `select encode(p.lookup, 'hex') lookup, p.statut, (select count(*)::int from redemption r where r.collectivite_id = p.collectivite_id and r.pass_id = p.id and r.statut <> 'annulee') vivantes
       from pass p where p.lookup = any (select decode(x, 'hex') from unnest($1::text[]) x)`,
    [codes.map((code) => lookups.get(code)!)],
  )
  const found = new Map(rows.map((row) => [row.lookup, row]))
  const [lost, double]: [string[], string[]] = [[], []]
  for (const [rank, code] of codes.entries()) {
    const row = found.get(lookups.get(code)!)
    const isUsed = expected.get(code)!
    if (isUsed && (row?.statut !== 'utilise' || row.vivantes < 1))
      lost.push(`pass ${rank}: acknowledged as used, ${row?.statut} with ${row?.vivantes} uses`)
    if (!isUsed && row?.statut !== 'neuf') lost.push(`pass ${rank}: acknowledged as undone, ${row?.statut}`)
    if ((row?.vivantes ?? 0) > 1) double.push(`pass ${rank}: ${row!.vivantes} live uses`)
  }
  const books = await sql.query<{ name: string; count: string }>('select name, count from reconciliation')
  double.push(...books.rows.map(({ name, count }) => `reconciliation ${name}: ${count}`))
  return { acknowledged: acts.filter((act) => (finalOf(act)?.status ?? 500) < 300).length, lost, double, otherwise }
}
