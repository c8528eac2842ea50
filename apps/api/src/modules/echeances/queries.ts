import type { Echeance, EcheanceSummary } from '@pass/contracts/echeances.ts'
import {
  type AFaireEcheance,
  type AccordEtape,
  type AlerteEtape,
  arretOf,
  type EcheanceStatut,
  jourCloture,
  type LotComptes,
  type LotPass,
  type Partie,
  PARTIES,
  prochaineEtape,
} from '@pass/domain/echeance-suivi.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { dayOf, empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { progressOf } from '../../platform/jobs/enqueue.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reach, reachSql } from '../../platform/reach.ts'
import { aFaireSql, NOT_GIVEN_UP } from './a-faire.ts'
import { complementsOf } from './avoir-queries.ts'
import { comptesOf } from './comptes.ts'

type Accord = { etape: AccordEtape; partie: Partie; version: number; jour: string; acteur: string }
type Row = {
  lot_id: string
  collectivite_id: string
  convention_id: string
  operateur_id: string
  quantite: number
  valeur: number
  serie_premiere: bigint
  serie_derniere: bigint
  date_fin: Date
  commande_id: string
  commande: string
  convention_reference: string
  convention: string
  tolerance_jours: number
  collectivite: string
  operateur: string
  echeance_id: string | null
  statut: EcheanceStatut
  releve_version: number
  releve_jour: Date | null
  emis: number | null
  remis: number | null
  jamais_remis: number | null
  entames: number | null
  pass_utilises: number | null
  pass_expires: number | null
  pass_annules: number | null
  accords: Accord[]
}

/** A lot with the row of its date, or the one under which it was closed. */
const LOTS = sql`
  select l.id as lot_id, l.collectivite_id, l.convention_id, l.operateur_id, l.quantite, l.valeur_faciale_centimes as valeur, l.serie_premiere, l.serie_derniere,
         coalesce(e.date_fin, l.date_fin) as date_fin, k.id as commande_id, k.reference as commande, v.reference as convention_reference, v.nom as convention,
         v.tolerance_jours, t.nom as collectivite, p.nom as operateur, e.id as echeance_id, coalesce(e.statut, 'en_cours') as statut,
         coalesce(e.releve_version, 0) as releve_version, e.releve_jour, e.emis, e.remis, e.jamais_remis, e.entames, e.pass_utilises, e.pass_expires, e.pass_annules,
         coalesce((select jsonb_agg(jsonb_build_object('etape', a.etape, 'partie', a.partie, 'version', a.version, 'jour', a.jour, 'acteur', a.acteur) order by a.at)
                     from echeance_accord a where a.collectivite_id = e.collectivite_id and a.echeance_id = e.id and a.version in (0, e.releve_version)), '[]') as accords
    from lot l join commande k on k.collectivite_id = l.collectivite_id and k.id = l.commande_id
    join convention v on v.collectivite_id = l.collectivite_id and v.id = l.convention_id
    join organisation t on t.id = l.collectivite_id join organisation p on p.id = l.operateur_id
    left join lateral (
      select x.* from echeance x
       where x.collectivite_id = l.collectivite_id and x.lot_id = l.id and (x.date_fin = l.date_fin or x.statut in ('cloture', 'close'))
       order by x.statut in ('cloture', 'close') desc, x.date_fin desc limit 1) e on true`

const rowsOf = (ctx: JobCtx, rest: Sql) => ctx.db.$queryRaw<Row[]>`${LOTS} where ${reachSql(ctx, 'lot', 'l')} and l.produits > 0 ${rest}`

/** A lot as the acts on its end need it. Internal: carries the ids of its row. */
export type LotSuivi = {
  lotId: string
  collectiviteId: string
  conventionId: string
  operateurId: string
  commandeId: string
  commande: string
  quantite: number
  valeur: number
  de: number
  a: number
  dateFin: string
  toleranceJours: number
  echeanceId: string | null
  statut: EcheanceStatut
  releveVersion: number
  accords: Accord[]
  /** What the joint statement says; null before it. */
  releve: { jour: string; comptes: LotComptes; pass: LotPass } | null
}

const releveOf = (row: Row): LotSuivi['releve'] =>
  row.releve_jour && {
    jour: dayOf(row.releve_jour),
    comptes: { emis: row.emis!, remis: row.remis!, jamaisRemis: row.jamais_remis!, entames: row.entames! },
    pass: { passUtilises: row.pass_utilises!, passExpires: row.pass_expires!, passAnnules: row.pass_annules! },
  }

const toSuivi = (row: Row): LotSuivi => ({
  lotId: row.lot_id,
  collectiviteId: row.collectivite_id,
  conventionId: row.convention_id,
  operateurId: row.operateur_id,
  commandeId: row.commande_id,
  commande: row.commande,
  quantite: row.quantite,
  valeur: row.valeur,
  de: Number(row.serie_premiere),
  a: Number(row.serie_derniere),
  dateFin: dayOf(row.date_fin),
  toleranceJours: row.tolerance_jours,
  echeanceId: row.echeance_id,
  statut: row.statut,
  releveVersion: row.releve_version,
  accords: row.accords,
  releve: releveOf(row),
})

const oneRow = async (ctx: JobCtx, lotId: string): Promise<Row> => found((await rowsOf(ctx, sql`and l.id = ${lotId}::uuid`))[0])

export const readSuivi = async (ctx: JobCtx, lotId: string): Promise<LotSuivi> => toSuivi(await oneRow(ctx, lotId))

const toSummary = (row: Row, today: string): EcheanceSummary => ({
  lotId: row.lot_id,
  commande: { id: row.commande_id, reference: row.commande },
  convention: { id: row.convention_id, reference: row.convention_reference, nom: row.convention },
  collectivite: { id: row.collectivite_id, nom: row.collectivite },
  operateur: { id: row.operateur_id, nom: row.operateur },
  carnets: row.quantite,
  seriePremiere: formatSerie(Number(row.serie_premiere)),
  serieDerniere: formatSerie(Number(row.serie_derniere)),
  dateFin: dayOf(row.date_fin),
  statut: row.statut,
  prochaine: prochaineEtape(toSuivi(row), today),
})

type Filters = {
  apres?: string | undefined
  taille?: number | undefined
  statut?: EcheanceStatut | undefined
  conventionId?: string | undefined
  aFaire?: AFaireEcheance | undefined
}

/** Lots that wait for the reader's own side. */
const waiting = ({ actor, today }: Ctx, what: AFaireEcheance): Sql => {
  const partie = PARTIES.find((one) => one === actor.organisationType)
  return partie ? sql`and ${NOT_GIVEN_UP} and ${aFaireSql(what, partie, today)}` : sql`and false`
}

/** Lots by the day they end, the nearest first; the closed ones only when asked. */
export const listEcheances = async (ctx: Ctx, { apres, taille = TAILLE, statut, conventionId, aFaire }: Filters) => {
  const after = cursorOf(apres, z.tuple([z.iso.date(), z.uuid()]))
  const which = sql`${statut ? sql`and coalesce(e.statut, 'en_cours') = ${statut}` : sql`and coalesce(e.statut, 'en_cours') <> 'close'`}
    ${conventionId ? sql`and l.convention_id = ${conventionId}::uuid` : empty} ${aFaire ? waiting(ctx, aFaire) : empty}`
  const going = after ? sql`and (coalesce(e.date_fin, l.date_fin), l.id) > (${after[0]}::date, ${after[1]}::uuid)` : empty
  const rows = await rowsOf(ctx, sql`${which} ${going} order by coalesce(e.date_fin, l.date_fin), l.id limit ${taille + 1}`)
  const page = pageOf(rows, taille, ({ date_fin, lot_id }) => [dayOf(date_fin), lot_id])
  return { ...page, items: page.items.map((row) => toSummary(row, ctx.today)) }
}

const derogationsOf = async (ctx: Ctx, echeanceId: string): Promise<Echeance['derogations']> => {
  const rows = await ctx.db.derogation.findMany({
    where: { echeanceId, ...reach(ctx, 'derogation') },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  return rows.map(({ id, seriePremiere, serieDerniere, carnets, motif, acteur, at }) => ({
    id,
    seriePremiere: formatSerie(Number(seriePremiere)),
    serieDerniere: formatSerie(Number(serieDerniere)),
    carnets,
    motif,
    acteur,
    at: at.toISOString(),
  }))
}

const alertesOf = async (ctx: Ctx, echeanceId: string): Promise<Echeance['alertes']> => {
  const rows = await ctx.db.echeanceAlerte.findMany({ where: { echeanceId, ...reach(ctx, 'echeance_alerte') }, orderBy: { jour: 'asc' } })
  return rows.map(({ etape, jour, emis, remis, jamaisRemis, entames }) => ({
    etape: etape as AlerteEtape,
    jour: dayOf(jour),
    emis,
    remis,
    jamaisRemis,
    entames,
  }))
}

/** The avoir of a closed lot, with its shares. */
export const readAvoir = (ctx: JobCtx, echeanceId: string) =>
  ctx.db.avoir.findFirst({ where: { echeanceId, ...reach(ctx, 'avoir') }, include: { parts: { orderBy: { rang: 'asc' } } } })

const avoirOf = async (ctx: Ctx, echeanceId: string): Promise<Echeance['avoir']> => {
  const row = await readAvoir(ctx, echeanceId)
  if (!row) return null
  return {
    numero: row.numero,
    dateEmission: dayOf(row.dateEmission),
    passExpires: row.passExpires,
    passAnnules: row.passAnnules,
    montantCentimes: Number(row.montantCentimes),
    parts: row.parts.map(({ nom, cleBp, montantCentimes }) => ({ nom, cleBp, montantCentimes: Number(montantCentimes) })),
  }
}

/** The key of the job that closes a large lot. */
export const closeKeyOf = (lotId: string): string => `close-lot:${lotId}`

export const getEcheance = async (ctx: Ctx, { lotId }: { lotId: string }): Promise<Echeance> => {
  const row = await oneRow(ctx, lotId)
  const suivi = toSuivi(row)
  const { echeanceId, dateFin, toleranceJours, accords, releve } = suivi
  const accord = accords.find(({ etape }) => etape === 'arret_distribution')
  return {
    ...toSummary(row, ctx.today),
    toleranceJours,
    valeurFacialeCentimes: suivi.valeur,
    arret: arretOf(dateFin, accord?.jour ?? null),
    jourCloture: jourCloture(dateFin, toleranceJours),
    ...(await comptesOf(ctx, suivi)),
    alertes: echeanceId ? await alertesOf(ctx, echeanceId) : [],
    accords: accords.map(({ etape, partie, jour, acteur }) => ({ etape, partie, jour, acteur })),
    releve: releve && {
      ...releve,
      version: suivi.releveVersion,
      montantCentimes: (releve.pass.passExpires + releve.pass.passAnnules) * suivi.valeur,
    },
    derogations: echeanceId ? await derogationsOf(ctx, echeanceId) : [],
    avoir: echeanceId ? await avoirOf(ctx, echeanceId) : null,
    complements: await complementsOf(ctx, suivi),
    progression: suivi.statut === 'cloture' ? await progressOf(ctx, closeKeyOf(lotId)) : null,
  }
}
