import { ATELIER_STATUTS, INSCRIPTION_STATUTS } from '@pass/domain/ateliers.ts'
import { ATTRIBUTION_STATUTS } from '@pass/domain/attributions.ts'
import { BORDEREAU_STATUTS, VIREMENT_STATUTS } from '@pass/domain/bordereaux.ts'
import { CARNET_STATUTS, PASS_STATUTS } from '@pass/domain/carnets.ts'
import { COMPTE_BANCAIRE_STATUTS } from '@pass/domain/comptes.ts'
import { CLOTURE_STATUTS } from '@pass/domain/clotures.ts'
import { COMMANDE_STATUTS } from '@pass/domain/commandes.ts'
import { CONVENTION_STATUTS } from '@pass/domain/conventions.ts'
import { ECHEANCE_STATUTS } from '@pass/domain/echeance-suivi.ts'
import { FACTURE_STATUTS } from '@pass/domain/factures.ts'
import { CREANCE_STATUTS } from '@pass/domain/creances.ts'
import { REPRISE_STATUTS } from '@pass/domain/reprises.ts'
import { APPEL_STATUTS } from '@pass/domain/financement.ts'
import { INCIDENT_STATUTS } from '@pass/domain/incidents.ts'
import { STRUCTURE_STATUTS } from '@pass/domain/lieux.ts'
import { PROPOSITION_STATUTS } from '@pass/domain/parametres-paiement.ts'
import { REDEMPTION_STATUTS } from '@pass/domain/redemptions.ts'
import { RETOUR_STATUTS } from '@pass/domain/retours.ts'
import type pg from 'pg'
import { MAGNITUDES, TENANTS } from '../../../../../prisma/seed/volume/tenants.ts'
import type { Command } from '../../platform/cli.ts'

type Row = { nom: string; carnets: number; livres: number; remis: number; entames: number; passes: number; utilises: number }
type Check = { sujet: string; mesure: string; valeur: string; attendu: string; ok: boolean }

const FIGURES = `
  select o.nom, count(*)::int carnets, count(c.livre_at)::int livres, count(c.remis_at)::int remis, (count(*) filter (where c.utilises > 0))::int entames, sum(c.taille)::int passes, sum(c.utilises)::int utilises
    from organisation o join carnet c on c.collectivite_id = o.id group by o.nom`

/** Each noun of the path and the statuts it must show; a bordereau is never stored `ouvert`, a carnet goes from `cree` to `expedie`. */
const STATUTS: readonly [table: string, statuts: readonly string[]][] = [
  ['convention', CONVENTION_STATUTS],
  ['commande', COMMANDE_STATUTS],
  ['facture', FACTURE_STATUTS],
  ['carnet', CARNET_STATUTS.filter((statut) => statut !== 'imprime')],
  ['pass', PASS_STATUTS],
  ['attribution', ATTRIBUTION_STATUTS.filter((statut) => statut !== 'annulee')],
  ['atelier', ATELIER_STATUTS],
  ['inscription', INSCRIPTION_STATUTS],
  ['redemption', REDEMPTION_STATUTS],
  ['bordereau', BORDEREAU_STATUTS.filter((statut) => statut !== 'ouvert')],
  ['compte_bancaire', COMPTE_BANCAIRE_STATUTS],
  ['virement', VIREMENT_STATUTS.filter((statut) => statut !== 'a_emettre')],
  ['incident', INCIDENT_STATUTS],
  ['retour_bancaire', RETOUR_STATUTS.filter((statut) => statut !== 'a_lire')],
  // a job takes the one that goes on, and ends it at once
  ['cloture', CLOTURE_STATUTS.filter((statut) => statut !== 'en_cours')],
  ['parametre_proposition', PROPOSITION_STATUTS],
  // a closing under way ends by itself
  ['echeance', ECHEANCE_STATUTS.filter((statut) => statut !== 'cloture')],
  ['labellisation', STRUCTURE_STATUTS],
  // a job takes the two others, and leaves them at once
  ['reprise', REPRISE_STATUTS.filter((statut) => statut !== 'a_lire' && statut !== 'en_cours')],
  ['creance', CREANCE_STATUTS],
  ['appel_fonds', APPEL_STATUTS],
]

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10)

const checkFigures = async (owner: pg.Client): Promise<Check[]> => {
  const { rows } = await owner.query<Row>(FIGURES)
  return TENANTS.flatMap(({ code, nom, carnets }) => {
    const row = rows.find((found) => found.nom === nom)
    const of = (mesure: string, valeur: number, [bas, haut]: readonly [number, number]): Check => ({
      sujet: nom,
      mesure,
      valeur: String(valeur),
      attendu: `${bas} à ${haut}`,
      ok: valeur >= bas && valeur <= haut,
    })
    // orders made since are welcome
    const size = of('carnets', row?.carnets ?? 0, [carnets, carnets * 2])
    if (!row) return [size]
    return [
      size,
      of('remis sur livrés (%)', percent(row.remis, row.livres), MAGNITUDES[code].remis),
      of('entamés sur remis (%)', percent(row.entames, row.remis), MAGNITUDES[code].entames),
      of('utilisés sur livrés (%)', percent(row.utilises, row.passes), MAGNITUDES[code].utilises),
    ]
  })
}

const checkStatuts = async (owner: pg.Client): Promise<Check[]> => {
  const present = STATUTS.map(([table]) => `select '${table}' as table_name, array_agg(distinct statut) as statuts from ${table}`)
  const { rows } = await owner.query<{ table_name: string; statuts: string[] | null }>(present.join(' union all '))
  return STATUTS.map(([table, statuts]) => {
    const found = rows.find((row) => row.table_name === table)?.statuts ?? []
    const missing = statuts.filter((statut) => !found.includes(statut))
    const valeur = missing.length === 0 ? String(statuts.length) : `sans ${missing.join(', ')}`
    return { sujet: 'Statuts présents', mesure: table, valeur, attendu: String(statuts.length), ok: missing.length === 0 }
  })
}

const checkLedger = async (owner: pg.Client): Promise<Check> => {
  const { rows } = await owner.query<{ total: string }>('select coalesce(sum(solde_centimes), 0)::text total from account')
  const valeur = rows[0]?.total ?? ''
  return { sujet: 'Grand livre', mesure: 'somme des soldes (centimes)', valeur, attendu: '0', ok: valeur === '0' }
}

/** `cli demo check`: the demonstration's funnels against the public figures, every statut there, the ledger at 0. */
export const demoCheck: Command = {
  summary: 'Comparer les ordres de grandeur de la démonstration aux chiffres publics',
  run: async (io) => {
    const owner = await io.owner()
    const checks = [...(await checkFigures(owner)), ...(await checkStatuts(owner)), await checkLedger(owner)]
    const lines = checks.map(
      ({ sujet, mesure, valeur, attendu, ok }) =>
        `${ok ? 'ok ' : 'NON'}  ${sujet.padEnd(44)} ${mesure.padEnd(28)} ${valeur.padStart(8)}   attendu ${attendu}`,
    )
    return { ok: checks.every(({ ok }) => ok), lines, json: checks }
  },
}
