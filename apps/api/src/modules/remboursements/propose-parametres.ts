import type { parametrePaiementRoutes } from '@pass/contracts/parametres-paiement.ts'
import type { Input } from '@pass/contracts/route.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { bareIban } from '@pass/domain/iban.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { type PropositionStatut, whyNotDecideParametres, whyNotProposeParametres } from '@pass/domain/parametres-paiement.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { reachSql } from '../../platform/reach.ts'
import { knownParametres } from './parametres.ts'

type Proposal = Input<typeof parametrePaiementRoutes.proposeParametres>['body']

const LIEN = `${homePath('operateur')}parametres-paiement`

/** Other settings, for a second person to decide. An IBAN left blank is the one debited today. */
export const proposeParametres = async (ctx: Ctx, { debiteurNom, debiteurIban, seuilsCentimes, plancherHebdoCentimes }: Proposal) => {
  const me = ctx.actor.organisationId
  const iban = debiteurIban === null ? ((await knownParametres(ctx))?.debiteur.iban ?? '') : bareIban(debiteurIban)
  enforce(whyNotProposeParametres({ debiteur: { nom: debiteurNom, iban }, seuilsCentimes, plancherHebdoCentimes }), 400)
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into parametre_proposition (operateur_id, id, debiteur_nom, debiteur_iban, seuils_centimes, plancher_hebdo_centimes, propose_par, propose_at)
    values (${me}::uuid, uuidv7(), ${debiteurNom}, ${iban}, ${seuilsCentimes}::bigint[], ${plancherHebdoCentimes}::bigint, ${ctx.actor.utilisateurId}::uuid,
      ${ctx.now}::timestamptz)
    on conflict (operateur_id) where statut = 'proposee' do nothing returning id`
  if (!row)
    enforce(refuse('parametre_statut', 'Une proposition attend déjà sa décision : une autre personne l’accepte ou la refuse d’abord.'))
  await fact(ctx, { sujet: 'parametres.proposes', objet: { propositionId: row!.id } })
  await notify(ctx, {
    organisationId: me,
    roles: rolesWith('parametre:set'),
    categorie: 'argent',
    code: 'parametres_proposes',
    titre: 'Paramètres de paiement à confirmer',
    texte:
      'Un changement du compte débité, des seuils d’approbation ou du plancher est proposé. Une autre personne l’accepte ou le refuse.',
    lien: LIEN,
  })
  return { id: row!.id, statut: 'proposee' as const }
}

type Row = { statut: PropositionStatut; propose_par: string }

const apply = (ctx: Ctx, propositionId: string) => ctx.db.$executeRaw`
  insert into parametre_paiement (operateur_id, debiteur_nom, debiteur_iban, seuils_centimes, plancher_hebdo_centimes)
  select operateur_id, debiteur_nom, debiteur_iban, seuils_centimes, plancher_hebdo_centimes from parametre_proposition
   where operateur_id = ${ctx.actor.organisationId}::uuid and id = ${propositionId}::uuid
  on conflict (operateur_id) do update set debiteur_nom = excluded.debiteur_nom, debiteur_iban = excluded.debiteur_iban, seuils_centimes = excluded.seuils_centimes,
    plancher_hebdo_centimes = excluded.plancher_hebdo_centimes`

/** The second person: the settings of somebody else come into force at once, or are left. */
export const decideParametres = async (ctx: Ctx, { propositionId, accord }: { propositionId: string; accord: boolean }) => {
  const [row] = await ctx.db.$queryRaw<Row[]>`select statut, propose_par from parametre_proposition
    where ${reachSql(ctx, 'parametre_proposition')} and id = ${propositionId}::uuid for update`
  const { statut, propose_par: proposePar } = found(row)
  enforce(whyNotDecideParametres({ statut, proposePar, par: ctx.actor.utilisateurId }))
  const to = accord ? ('acceptee' as const) : ('refusee' as const)
  won(
    await ctx.db
      .$executeRaw`update parametre_proposition set statut = ${to}, decide_par = ${ctx.actor.utilisateurId}::uuid, decide_at = ${ctx.now}::timestamptz
      where operateur_id = ${ctx.actor.organisationId}::uuid and id = ${propositionId}::uuid and statut = 'proposee'`,
  )
  if (accord) won(await apply(ctx, propositionId))
  await fact(ctx, { sujet: accord ? 'parametres.acceptes' : 'parametres.refuses', objet: { propositionId } })
  await notify(ctx, {
    organisationId: ctx.actor.organisationId,
    utilisateurIds: [proposePar],
    categorie: 'argent',
    code: 'parametres_decides',
    titre: accord ? 'Paramètres de paiement : changement accepté' : 'Paramètres de paiement : changement refusé',
    texte: accord
      ? 'Les paramètres proposés sont en vigueur pour les prochains virements.'
      : 'Les paramètres proposés sont refusés : rien ne change. Vous pouvez en proposer d’autres.',
    lien: LIEN,
  })
  return { id: propositionId, statut: to }
}
