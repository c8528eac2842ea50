import { carnetMachine, type CarnetStatut } from '@pass/domain/carnets.ts'
import type { MouvementType } from '@pass/domain/carnet-moves.ts'
import type { ConventionStatut, IdentiteMode } from '@pass/domain/conventions.ts'
import { arretOf } from '@pass/domain/echeance-suivi.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf, type Sql, sql } from '../../platform/db.ts'
import { found, won } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import { recordMouvement } from './record-mouvement.ts'
import { tellLowStock } from './tell-low-stock.ts'

type Row = {
  collectivite_id: string
  id: bigint
  serie: bigint
  lot_id: string
  convention_id: string
  operateur_id: string
  prescripteur_id: string | null
  statut: CarnetStatut
  activation_id: string | null
  destination_id: string | null
  date_fin: Date
  utilises: number
  identite: IdentiteMode
  publics: string[]
  convention_statut: ConventionStatut
  version: number
  accord_arret: Date | null
}

const read = async (ctx: Ctx, which: Sql) => {
  const [one] = await ctx.db.$queryRaw<Row[]>`
    select c.collectivite_id, c.id, c.serie, c.lot_id, c.convention_id, c.operateur_id, c.prescripteur_id, c.statut, c.activation_id, c.destination_id,
           c.date_fin, c.utilises, v.identite, v.publics, v.statut as convention_statut, v.version,
           case when c.derogation_id is null then lot_accord_arret(c.collectivite_id, c.lot_id) end as accord_arret
      from carnet c join convention v on v.collectivite_id = c.collectivite_id and v.id = c.convention_id
     where ${which} and ${reachSql(ctx, 'carnet', 'c')}`
  const row = found(one)
  return {
    collectiviteId: row.collectivite_id,
    id: row.id,
    serie: Number(row.serie),
    lotId: row.lot_id,
    conventionId: row.convention_id,
    operateurId: row.operateur_id,
    prescripteurId: row.prescripteur_id,
    statut: row.statut,
    actif: row.activation_id !== null,
    enTransit: row.destination_id !== null,
    dateFin: dayOf(row.date_fin),
    // an override of the collectivité lifts the stop for this carnet
    arretDistribution: arretOf(dayOf(row.date_fin), row.accord_arret && dayOf(row.accord_arret)),
    utilises: row.utilises,
    convention: { identite: row.identite, publics: row.publics, statut: row.convention_statut, version: row.version },
  }
}

/** A carnet as the hand-over needs it, with the rules of its convention. Internal ids: for modules, never for an answer. */
export type HeldCarnet = Awaited<ReturnType<typeof read>>

export const readCarnetBySerie = (ctx: Ctx, serie: number): Promise<HeldCarnet> => read(ctx, sql`c.serie = ${serie}::bigint`)
export const readCarnetById = (ctx: Ctx, { collectiviteId, id }: { collectiviteId: string; id: bigint }): Promise<HeldCarnet> =>
  read(ctx, sql`c.collectivite_id = ${collectiviteId}::uuid and c.id = ${id}`)

const record = (
  ctx: Ctx,
  type: MouvementType,
  { collectiviteId, conventionId, lotId, operateurId, prescripteurId, serie }: HeldCarnet,
  motif: string | null = null,
) =>
  recordMouvement(ctx, {
    type,
    collectiviteId,
    conventionId,
    lotId,
    operateurId,
    prescripteurId,
    seriePremiere: serie,
    serieDerniere: serie,
    carnets: 1,
    motif,
  })

/** The carnet leaves the stock of the actor for a person (null: anonymous). A carnet that just left is a lost race. */
export const markHandedOver = async (ctx: Ctx, carnet: HeldCarnet, beneficiaireId: string | null) => {
  const count = await ctx.db.$executeRaw`
    update carnet set statut = ${carnetMachine.hand_over.to}, remis_at = ${ctx.now}, beneficiaire_id = ${beneficiaireId}::uuid
     where collectivite_id = ${carnet.collectiviteId}::uuid and id = ${carnet.id} and statut = 'attribue' and destination_id is null
       and prescripteur_id = ${ctx.actor.organisationId}::uuid`
  won(count)
  await record(ctx, 'remis', carnet)
  await tellLowStock(ctx, carnet.collectiviteId)
}

/** The carnet comes back to the stock, as long as no pass of it was used. */
export const markTakenBack = async (ctx: Ctx, carnet: HeldCarnet, motif: string | null = null) => {
  const count = await ctx.db.$executeRaw`
    update carnet set statut = ${carnetMachine.take_back.to}, remis_at = null, beneficiaire_id = null
     where collectivite_id = ${carnet.collectiviteId}::uuid and id = ${carnet.id} and statut = 'remis' and utilises = 0`
  won(count)
  await record(ctx, 'repris', carnet, motif)
}
