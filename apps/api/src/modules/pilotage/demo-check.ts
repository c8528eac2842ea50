import type { Command } from '../../platform/cli.ts'
import { MAGNITUDES, TENANTS } from '../../../../../prisma/seed/volume/tenants.ts'

type Row = {
  nom: string
  carnets: number
  livres: number
  remis: number
  entames: number
  passes: number
  utilises: number
  solde: string
  statuts: number
}

const FIGURES = `
  select o.nom, count(*)::int carnets, count(c.livre_at)::int livres, count(c.remis_at)::int remis, (count(*) filter (where c.utilises > 0))::int entames, sum(c.taille)::int passes, sum(c.utilises)::int utilises
    from organisation o join carnet c on c.collectivite_id = o.id group by o.nom`

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10)

/** `cli demo check`: the demonstration's funnels against the public figures, each with its expected range; the ledger adds up to 0. */
export const demoCheck: Command = {
  summary: 'Comparer les ordres de grandeur de la démonstration aux chiffres publics',
  run: async (io) => {
    const owner = await io.owner()
    const { rows } = await owner.query<Row>(FIGURES)
    const checks = TENANTS.flatMap(({ code, nom, carnets }) => {
      const row = rows.find((found) => found.nom === nom)
      const of = (mesure: string, valeur: number, [bas, haut]: readonly [number, number]) => ({
        collectivite: nom,
        mesure,
        valeur,
        bas,
        haut,
        ok: valeur >= bas && valeur <= haut,
      })
      if (!row) return [of('carnets', 0, [carnets, carnets])]
      return [
        of('carnets', row.carnets, [carnets, carnets]),
        of('remis sur livrés (%)', percent(row.remis, row.livres), MAGNITUDES[code].remis),
        of('entamés sur remis (%)', percent(row.entames, row.remis), MAGNITUDES[code].entames),
        of('utilisés sur livrés (%)', percent(row.utilises, row.passes), MAGNITUDES[code].utilises),
      ]
    })
    const { rows: sums } = await owner.query<{ total: string }>('select coalesce(sum(solde_centimes), 0)::text total from account')
    checks.push({
      collectivite: 'Grand livre',
      mesure: 'somme des soldes (centimes)',
      valeur: Number(sums[0]?.total),
      bas: 0,
      haut: 0,
      ok: sums[0]?.total === '0',
    })
    const lines = checks.map(
      ({ collectivite, mesure, valeur, bas, haut, ok }) =>
        `${ok ? 'ok ' : 'NON'}  ${collectivite.padEnd(44)} ${mesure.padEnd(30)} ${String(valeur).padStart(8)}   attendu ${bas === haut ? bas : `${bas} à ${haut}`}`,
    )
    return { ok: checks.every(({ ok }) => ok), lines, json: checks }
  },
}
