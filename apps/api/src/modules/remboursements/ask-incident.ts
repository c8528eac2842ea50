import { rolesWith } from '@pass/domain/droits.ts'
import { whyNotAskIncident } from '@pass/domain/incidents.ts'
import { euros } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { RedemptionStatut } from '@pass/domain/redemptions.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { reachSql } from '../../platform/reach.ts'
import { getIncident } from './incident-queries.ts'

type Use = {
  id: bigint
  collectivite_id: string
  convention_id: string
  structure_id: string
  statut: RedemptionStatut
  at: Date
  montant: number
  incident: boolean
}

/** The use, its row locked: of two people who put it in question at once, the second reads what the first wrote. */
const holdUse = async (ctx: Ctx, redemptionId: string): Promise<Use> => {
  const [held] = await ctx.db.$queryRaw<Omit<Use, 'incident'>[]>`
    select r.id, r.collectivite_id, r.convention_id, r.structure_id, r.statut, r.at, r.montant_centimes montant
      from redemption r where ${reachSql(ctx, 'redemption', 'r')} and r.public_id = ${redemptionId}::uuid for no key update`
  const use = found(held)
  const [row] = await ctx.db.$queryRaw<[{ incident: boolean }]>`
    select exists (select 1 from incident where collectivite_id = ${use.collectivite_id}::uuid and redemption_id = ${use.id}::bigint and statut <> 'refuse') incident`
  return { ...use, incident: row.incident }
}

type Request = { redemptionId: string; montantCentimes: number; motif: string }

/** Asks that a use paid for more than was done be withheld, in whole or in part: nothing moves before somebody else agrees. */
export const askIncident = async (ctx: Ctx, { redemptionId, montantCentimes, motif }: Request) => {
  const use = await holdUse(ctx, redemptionId)
  enforce(
    whyNotAskIncident(
      { statut: use.statut, redeemedAt: use.at, montantCentimes: use.montant, hasIncident: use.incident },
      { demandeCentimes: montantCentimes, now: ctx.now },
    ),
  )
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into incident (organisation_id, id, operateur_id, collectivite_id, convention_id, redemption_id, montant_centimes, motif, demande_par, demande_at)
    values (${use.structure_id}::uuid, uuidv7(), ${ctx.actor.organisationId}::uuid, ${use.collectivite_id}::uuid, ${use.convention_id}::uuid, ${use.id}::bigint,
      ${montantCentimes}::bigint, ${motif}, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz) returning id`
  const incidentId = row!.id
  await fact(ctx, { sujet: 'incident.demande', collectiviteId: use.collectivite_id, objet: { incidentId } })
  await notify(ctx, {
    organisationId: ctx.actor.organisationId,
    roles: rolesWith('incident:decide'),
    categorie: 'argent',
    code: 'incident_demande',
    titre: `Incident de ${euros(montantCentimes)} à décider`,
    texte: `Motif : ${motif}. Une autre personne que celle qui demande l’approuve ou le refuse.`,
    lien: `${homePath('operateur')}incidents`,
  })
  return getIncident(ctx, { incidentId })
}
