import { type ComptageStatut, comptageAction, comptageMachine, whyNotCount } from '@pass/domain/inventaires.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { plural } from '@pass/domain/money.ts'
import { OPPOSITION_MAX } from '@pass/domain/oppositions.ts'
import { type Plage, type PlageSaisie, readPlages } from '@pass/domain/plages.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { reach } from '../../platform/reach.ts'
import { stopPlages } from './block-plages.ts'
import { getComptage, onShelf } from './inventaires.ts'
import { endsOf } from './plages.ts'

type Input = { comptageId: string; comptes: number; manquants: readonly PlageSaisie[]; enTrop: readonly PlageSaisie[] }

/** Ranges of one field of the form; the fault names that field. */
const readField = (saisies: readonly PlageSaisie[], champ: 'manquants' | 'enTrop') => {
  const read = readPlages(saisies, OPPOSITION_MAX)
  if (!read.ok)
    enforce(
      { ...read.refusal, erreurs: (read.refusal.erreurs ?? []).map((one) => ({ ...one, chemin: one.chemin.replace('plages', champ) })) },
      400,
    )
  return read.ok ? read : { plages: [], carnets: 0 }
}

type Shelf = { attendus: number; manquants: number; en_trop: number }

/** The shelf of the point, locked; how many of the named numbers stand on it. */
const lockShelf = async (
  ctx: Ctx,
  prescripteurId: string | null,
  collectiviteId: string,
  manquants: readonly Plage[],
  enTrop: readonly Plage[],
) => {
  const [row] = await ctx.db.$queryRaw<Shelf[]>`
    with tenu as materialized (
      select c.serie from carnet c where c.collectivite_id = ${collectiviteId}::uuid and ${onShelf(prescripteurId)} order by c.id for no key update of c)
    select count(*)::int as attendus,
           (count(*) filter (where exists (select 1 from unnest(${endsOf(manquants).de}::bigint[], ${endsOf(manquants).a}::bigint[]) r(de, a) where t.serie between r.de and r.a)))::int as manquants,
           (count(*) filter (where exists (select 1 from unnest(${endsOf(enTrop).de}::bigint[], ${endsOf(enTrop).a}::bigint[]) r(de, a) where t.serie between r.de and r.a)))::int as en_trop
      from tenu t`
  return row!
}

const whyNotNamed = (shelf: Shelf, manquants: number) => {
  if (shelf.manquants < manquants)
    return refuse(
      'plage_invalide',
      `${plural(manquants - shelf.manquants, 'numéro manquant', 'numéros manquants')} sur ${manquants} : pas dans votre stock. Relisez la liste.`,
    )
  return shelf.en_trop > 0
    ? refuse('plage_invalide', `${plural(shelf.en_trop, 'numéro')} « en plus » : déjà dans votre stock. Retirez-les de la liste.`)
    : null
}

const tell = (ctx: Ctx, organisationId: string, manquants: number, enTrop: number) =>
  notify(ctx, {
    organisationId,
    roles: rolesWith('carnet:cancel'),
    categorie: 'suivi',
    code: 'inventaire_ecart',
    titre: `Inventaire : ${plural(manquants, 'carnet manquant', 'carnets manquants')} chez ${ctx.actor.organisationNom}`,
    texte: `Les manquants sont bloqués. ${enTrop > 0 ? `${plural(enTrop, 'carnet trouvé', 'carnets trouvés')} en plus. ` : ''}Deux personnes peuvent les annuler, ou l’une les débloquer s’ils sont retrouvés.`,
    lien: `${homePath('collectivite')}inventaires`,
  })

/**
 * A point gives its count. Expected, missing and found must add up; missing carnets are blocked in the same gesture, so that whoever
 * has them can do nothing with them. The reserve is counted by the collectivité.
 */
export const countStock = async (ctx: Ctx, { comptageId, comptes, ...named }: Input) => {
  const { collectiviteId, prescripteurId, statut } = found(
    await ctx.db.comptage.findFirst({ where: { id: comptageId, ...reach(ctx, 'comptage') } }),
  )
  // a collectivité reads the counts of others and makes its own
  found(prescripteurId === null || prescripteurId === ctx.actor.organisationId || null)
  const [manquants, enTrop] = [readField(named.manquants, 'manquants'), readField(named.enTrop, 'enTrop')]
  const shelf = await lockShelf(ctx, prescripteurId, collectiviteId, manquants.plages, enTrop.plages)
  const facts = { manquants: manquants.carnets, enTrop: enTrop.carnets }
  enforce(whyNotCount({ statut: statut as ComptageStatut, attendus: shelf.attendus, comptes, ...facts }))
  enforce(whyNotNamed(shelf, manquants.carnets))
  if (manquants.carnets > 0) await stopPlages(ctx, manquants.plages, 'perdu', 'Manquant à l’inventaire')
  const count = await ctx.db.$executeRaw`
    update comptage set statut = ${comptageMachine[comptageAction(facts)].to}, attendus = ${shelf.attendus}, comptes = ${comptes},
           manquants_de = ${endsOf(manquants.plages).de}::bigint[], manquants_a = ${endsOf(manquants.plages).a}::bigint[],
           en_trop_de = ${endsOf(enTrop.plages).de}::bigint[], en_trop_a = ${endsOf(enTrop.plages).a}::bigint[],
           compte_par = ${ctx.actor.utilisateurId}::uuid, compte_at = ${ctx.now}
     where collectivite_id = ${collectiviteId}::uuid and id = ${comptageId}::uuid and statut = 'a_faire'`
  won(count)
  await fact(ctx, { sujet: 'comptage.fait', collectiviteId, objet: { comptageId, ...facts } })
  if (facts.manquants + facts.enTrop > 0 && prescripteurId !== null) await tell(ctx, collectiviteId, facts.manquants, facts.enTrop)
  return getComptage(ctx, comptageId)
}
