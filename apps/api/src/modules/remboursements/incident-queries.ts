import type { Incident, Utilisation } from '@pass/contracts/incidents.ts'
import type { IncidentStatut } from '@pass/domain/incidents.ts'
import type { RedemptionStatut } from '@pass/domain/redemptions.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = {
  id: string
  statut: IncidentStatut
  structure_id: string
  structure_nom: string
  collectivite: string
  lieu: string
  utilise_at: Date
  utilisation: number
  montant: bigint
  motif: string
  operateur_id: string
  operateur_nom: string
  demande_par: string
  demande_at: Date
  decide_par: string | null
  decide_at: Date | null
  bordereau_id: string | null
  bordereau: string | null
}

const rowsOf = (ctx: Ctx, rest: Sql) => ctx.db.$queryRaw<Row[]>`
  select i.id, i.statut, i.organisation_id structure_id, s.nom structure_nom, t.nom collectivite, l.nom lieu, r.at utilise_at, r.montant_centimes utilisation,
         i.montant_centimes montant, i.motif, i.operateur_id, o.nom operateur_nom, i.demande_par, i.demande_at, i.decide_par, i.decide_at, i.bordereau_id, b.reference bordereau
    from incident i join redemption r on r.collectivite_id = i.collectivite_id and r.id = i.redemption_id
    join lieu l on l.organisation_id = r.structure_id and l.id = r.lieu_id
    join organisation s on s.id = i.organisation_id join organisation t on t.id = i.collectivite_id join organisation o on o.id = i.operateur_id
    left join bordereau b on b.organisation_id = i.organisation_id and b.id = i.bordereau_id
   where ${reachSql(ctx, 'incident', 'i')} ${rest}`

/** Names of the operator's own people, for itself; a structure reads the operator's name. */
const namerOf = async (ctx: Ctx, rows: readonly Row[]): Promise<(row: Row, id: string) => string> => {
  const own = rows.filter(({ operateur_id }) => operateur_id === ctx.actor.organisationId)
  const ids = [...new Set(own.flatMap(({ demande_par, decide_par }) => (decide_par ? [demande_par, decide_par] : [demande_par])))]
  const names =
    ids.length === 0 ? [] : await ctx.db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${ids}::uuid[])`
  const byId = new Map(names.map(({ id, nom }) => [id, nom]))
  return (row, id) => byId.get(id) ?? row.operateur_nom
}

const toIncidents = async (ctx: Ctx, rows: readonly Row[]): Promise<Incident[]> => {
  const nameOf = await namerOf(ctx, rows)
  return rows.map((row) => ({
    id: row.id,
    statut: row.statut,
    structure: { id: row.structure_id, nom: row.structure_nom },
    collectivite: row.collectivite,
    lieu: row.lieu,
    utiliseAt: row.utilise_at.toISOString(),
    utilisationCentimes: row.utilisation,
    montantCentimes: Number(row.montant),
    motif: row.motif,
    demandePar: { id: row.demande_par, nom: nameOf(row, row.demande_par) },
    demandeAt: row.demande_at.toISOString(),
    decidePar: row.decide_par === null ? null : { id: row.decide_par, nom: nameOf(row, row.decide_par) },
    decideAt: row.decide_at && row.decide_at.toISOString(),
    bordereau: row.bordereau_id === null ? null : { id: row.bordereau_id, reference: row.bordereau ?? '' },
  }))
}

export const getIncident = async (ctx: Ctx, { incidentId }: { incidentId: string }): Promise<Incident> => {
  const [item] = await toIncidents(ctx, await rowsOf(ctx, sql`and i.id = ${incidentId}::uuid`))
  return found(item)
}

type Page = { apres?: string | undefined; taille?: number | undefined }
const IdCursor = z.tuple([z.uuid()])

/** Incidents, the last one first (ids follow time). */
export const listIncidents = async (ctx: Ctx, { apres, taille = TAILLE, statut }: Page & { statut?: IncidentStatut | undefined }) => {
  const after = cursorOf(apres, IdCursor)
  const ofStatut = statut ? sql`and i.statut = ${statut}` : empty
  const rows = await rowsOf(
    ctx,
    sql`${ofStatut} ${after ? sql`and i.id < ${after[0]}::uuid` : empty} order by i.id desc limit ${taille + 1}`,
  )
  const [counted] = await ctx.db.$queryRaw<
    [{ n: number }]
  >`select count(*)::int n from incident i where ${reachSql(ctx, 'incident', 'i')} ${ofStatut}`
  const page = pageOf(rows, taille, ({ id }) => [id], counted.n)
  return { ...page, items: await toIncidents(ctx, page.items) }
}

type UseRow = {
  id: string
  at: Date
  lieu: string
  collectivite: string
  montant: number
  statut: RedemptionStatut
  incident_id: string | null
}

const toUtilisation = ({ at, montant, incident_id, ...row }: UseRow): Utilisation => ({
  ...row,
  at: at.toISOString(),
  montantCentimes: montant,
  incidentId: incident_id,
})

/** The uses of a bordereau, one by one, the oldest first: no person, no carnet. */
export const listBordereauUtilisations = async (ctx: Ctx, { bordereauId, apres, taille = TAILLE }: Page & { bordereauId: string }) => {
  const [bordereau] = await ctx.db.$queryRaw<{ structure: string; pass: number }[]>`
    select b.organisation_id structure, b.pass from bordereau b where ${reachSql(ctx, 'bordereau', 'b')} and b.id = ${bordereauId}::uuid`
  const { structure, pass } = found(bordereau)
  const after = cursorOf(apres, z.tuple([z.iso.datetime(), z.uuid()]))
  const rows = await ctx.db.$queryRaw<UseRow[]>`
    select r.public_id id, r.at, l.nom lieu, t.nom collectivite, r.montant_centimes montant, r.statut, i.id incident_id
      from redemption r join lieu l on l.organisation_id = r.structure_id and l.id = r.lieu_id join organisation t on t.id = r.collectivite_id
      left join incident i on i.collectivite_id = r.collectivite_id and i.redemption_id = r.id and i.statut <> 'refuse'
     where ${reachSql(ctx, 'redemption', 'r')} and r.structure_id = ${structure}::uuid and r.bordereau_id = ${bordereauId}::uuid
       ${after ? sql`and (date_trunc('milliseconds', r.at), r.public_id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : empty}
     order by date_trunc('milliseconds', r.at), r.public_id limit ${taille + 1}`
  const page = pageOf(rows, taille, ({ at, id }) => [at.toISOString(), id], pass)
  return { ...page, items: page.items.map(toUtilisation) }
}
