import type { Avoir } from '@pass/contracts/avoirs.ts'
import { whyNotCrediter } from '@pass/domain/avoirs.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { reach } from '../../platform/reach.ts'
import { post } from '../comptabilite/public.ts'
import { creditHeld, holdRetenues } from '../remboursements/public.ts'
import { getAvoir } from './avoir-queries.ts'
import { keepAvoir, type Owners } from './keep-avoir.ts'

const tell = (ctx: Ctx, { collectiviteId, conventionId }: Owners, reference: string, { numero, montantCentimes, retenues }: Avoir) =>
  notify(ctx, {
    organisationId: collectiviteId,
    roles: rolesWith('echeance:agree'),
    categorie: 'argent',
    code: 'avoir_retenues',
    titre: `Convention ${reference} : avoir ${numero} de ${euros(montantCentimes)}`,
    texte: `${plural(retenues, 'retenue')} sur des utilisations payées à tort ${retenues > 1 ? 'vous sont rendues' : 'vous est rendue'}. La part des financeurs en tient compte.`,
    lien: `${homePath('collectivite')}conventions/${conventionId}`,
  })

/**
 * Gives back what incidents withheld, once their bordereaux are sent to the bank: one complementary avoir for all that waits on a
 * convention, `a_crediter → credite`. The financeurs were charged less at the closing already: nothing is moved for them here.
 */
export const creditRetenues = async (ctx: Ctx, { conventionId }: { conventionId: string }): Promise<Avoir> => {
  const { collectiviteId, operateurId, reference } = found(
    await ctx.db.convention.findFirst({
      where: { id: conventionId, ...reach(ctx, 'convention') },
      select: { collectiviteId: true, operateurId: true, reference: true },
    }),
  )
  const owners = { collectiviteId, conventionId, operateurId }
  const held = await holdRetenues(ctx, conventionId)
  enforce(whyNotCrediter({ retenues: held.length }))
  const montantCentimes = held.reduce((sum, { montant }) => sum + Number(montant), 0)
  const avoirId = await keepAvoir(ctx, owners, {
    echeanceId: null,
    passExpires: 0,
    passAnnules: 0,
    valeurFacialeCentimes: null,
    retenues: held.length,
    montantCentimes,
  })
  await creditHeld(ctx, { avoirId, held })
  await post(ctx, [{ ...owners, motif: 'avoir', montantCentimes, objetId: avoirId }])
  const avoir = await getAvoir(ctx, { conventionId, avoirId })
  await fact(ctx, { sujet: 'avoir.etabli', collectiviteId, objet: { conventionId, avoirId } })
  await tell(ctx, owners, reference, avoir)
  return avoir
}
