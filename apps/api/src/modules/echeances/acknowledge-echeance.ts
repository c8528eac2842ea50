import type { Echeance } from '@pass/contracts/echeances.ts'
import { type AccordEtape, type Partie, PARTIES, whyNotAccorder } from '@pass/domain/echeance-suivi.ts'
import { ECHEANCE_LABELS } from '@pass/domain/echeances.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce, NotFound, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getEcheance, readSuivi } from './queries.ts'
import { ensureEcheance } from './rows.ts'
import { tellParties } from './tell.ts'

/** The side that the actor speaks for. */
const partieOf = ({ actor }: Ctx): Partie => {
  const partie = PARTIES.find((one) => one === actor.organisationType)
  if (!partie) throw new NotFound()
  return partie
}

const DONE: Record<AccordEtape, string> = {
  arret_distribution: 'arrêt de la distribution accordé',
  constat: 'comptes reconnus',
  releve: 'relevé commun signé',
}

/** Records that one side agrees to a step; the other side is told. */
export const acknowledgeEcheance = async (ctx: Ctx, { lotId, etape }: { lotId: string; etape: AccordEtape }): Promise<Echeance> => {
  const lot = await readSuivi(ctx, lotId)
  const partie = partieOf(ctx)
  enforce(whyNotAccorder(etape, partie, lot, ctx.today))
  const echeanceId = await ensureEcheance(ctx, lot)
  const acteur = `${ctx.actor.prenom} ${ctx.actor.nom}`
  const given = await ctx.db.$executeRaw`
    insert into echeance_accord (collectivite_id, echeance_id, etape, partie, version, operateur_id, jour, acteur, utilisateur_id, at)
    values (${lot.collectiviteId}::uuid, ${echeanceId}::uuid, ${etape}, ${partie}, ${etape === 'releve' ? lot.releveVersion : 0}::int, ${lot.operateurId}::uuid,
      ${dbDate(ctx.today)}::date, ${acteur}, ${ctx.actor.utilisateurId}::uuid, ${ctx.now})
    on conflict do nothing`
  // a colleague agreed at the same second
  won(given)
  await fact(ctx, { sujet: 'echeance.accordee', collectiviteId: lot.collectiviteId, objet: { lotId, etape, partie } })
  await tellParties(
    ctx,
    lot,
    PARTIES.filter((one) => one !== partie),
    { code: 'echeance_accord', titre: DONE[etape], texte: `${ECHEANCE_LABELS[etape]} : ${ctx.actor.organisationNom} a donné son accord.` },
  )
  return getEcheance(ctx, { lotId })
}
