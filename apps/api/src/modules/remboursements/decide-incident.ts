import { incidentMachine, type IncidentStatut, whyNotDecideIncident } from '@pass/domain/incidents.ts'
import { euros } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { reachSql } from '../../platform/reach.ts'
import { getIncident } from './incident-queries.ts'

type Asked = {
  organisation_id: string
  collectivite_id: string
  statut: IncidentStatut
  demande_par: string
  montant: bigint
  motif: string
}

/** A structure learns what will be missing from its next transfer before it is missing. */
const tellWithheld = (ctx: Ctx, { organisation_id: organisationId, montant, motif }: Asked) =>
  notify(ctx, {
    organisationId,
    roles: ['structure.responsable'],
    categorie: 'argent',
    code: 'incident_approuve',
    titre: `${euros(Number(montant))} à retenir sur un prochain virement`,
    texte: `Une utilisation déjà comptée a été payée à tort. Motif : ${motif}. La somme sera retenue sur un prochain bordereau, une ligne le dira. Vous n’êtes pas d’accord ? Écrivez à l’opérateur avant.`,
    lien: `${homePath('structure')}virements`,
  })

/** The second person: the request of somebody else is approved, and waits for a bordereau to take it, or refused. */
export const decideIncident = async (ctx: Ctx, { incidentId, accord }: { incidentId: string; accord: boolean }) => {
  const [row] = await ctx.db.$queryRaw<Asked[]>`
    select i.organisation_id, i.collectivite_id, i.statut, i.demande_par, i.montant_centimes montant, i.motif
      from incident i where ${reachSql(ctx, 'incident', 'i')} and i.id = ${incidentId}::uuid for no key update`
  const asked = found(row)
  enforce(whyNotDecideIncident({ statut: asked.statut, demandePar: asked.demande_par, par: ctx.actor.utilisateurId }))
  const { to } = incidentMachine[accord ? 'approve' : 'refuse']
  won(
    await ctx.db
      .$executeRaw`update incident set statut = ${to}, decide_par = ${ctx.actor.utilisateurId}::uuid, decide_at = ${ctx.now}::timestamptz
      where organisation_id = ${asked.organisation_id}::uuid and id = ${incidentId}::uuid and statut = ${asked.statut}`,
  )
  await fact(ctx, { sujet: `incident.${to}`, collectiviteId: asked.collectivite_id, objet: { incidentId } })
  if (accord) await tellWithheld(ctx, asked)
  return getIncident(ctx, { incidentId })
}
