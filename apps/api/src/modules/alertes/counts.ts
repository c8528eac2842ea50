import { REVUE_MOIS, ROLES_SECOND_FACTEUR } from '@pass/domain/acces.ts'
import { lateBefore } from '@pass/domain/attributions.ts'
import { periodeCutOff, periodeOf, whyNotClosePeriode } from '@pass/domain/clotures.ts'
import { acceptableSince } from '@pass/domain/comptes-bancaires.ts'
import { addMonth, monthOf } from '@pass/domain/days.ts'
import { isAdministrator, type OrganisationType } from '@pass/domain/organisations.ts'
import type { Actor, PublicCtx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { reachSql } from '../../platform/reach.ts'
import { A_CREDITER } from '../comptabilite/public.ts'
import { echeancesAFaire } from '../echeances/public.ts'

/** Days with a prescripteur without hand-over after which a carnet sleeps (domain.md section 8). */
const DORMANT_JOURS = 60

/** Who the counts are for: somebody at a screen, or the digest that is made for them. */
export type Reader = PublicCtx & { actor: Pick<Actor, 'organisationId' | 'organisationType' | 'role'> }
type Fragment = ReturnType<typeof sql>
type Counts = (ctx: Reader) => Fragment

const before = (ctx: Reader, days: number) => new Date(ctx.now.getTime() - days * 86_400_000)

/** The end of the last month that may be closed now. */
const lastCutOff = (ctx: Reader) => {
  const month = (ago: number) => periodeOf(addMonth(monthOf(ctx.today), -ago))!
  return periodeCutOff(whyNotClosePeriode(month(1), ctx.now) ? month(2) : month(1))
}

const commandes = (
  ctx: Reader,
) => sql`select case c.statut when 'brouillon' then 'devis_a_etablir' when 'devis' then 'devis_a_signer' when 'signee' then 'maquette_a_proposer'
      when 'maquette_refusee' then 'maquette_a_proposer' when 'maquette_a_valider' then 'maquette_a_valider' when 'maquette_validee' then 'commande_a_produire'
      when 'en_production' then 'commande_a_expedier' when 'expediee' then 'commande_a_recevoir' end code, count(*)::int nombre, min(c.id::text) id
    from commande c where ${reachSql(ctx, 'commande', 'c')} and c.statut not in ('livree', 'close', 'annulee') group by 1`

const collectivite: Counts = (ctx) => sql`${commandes(ctx)}
  union all select 'facture_a_traiter', count(*)::int, min(f.id::text) from facture f where ${reachSql(ctx, 'facture', 'f')} and f.nature = 'facture' and f.statut = 'deposee'
  union all select 'mandat_a_saisir', count(*)::int, min(c.id::text) from commande c where ${reachSql(ctx, 'commande', 'c')} and c.statut = 'livree' and c.numero_mandat is null
  union all select 'convention_a_signer', count(*)::int, min(c.id::text) from convention c where ${reachSql(ctx, 'convention', 'c')} and c.statut = 'brouillon'
    and exists (select 1 from convention_financeur f where f.collectivite_id = c.collectivite_id and f.convention_id = c.id and f.nature <> 'etat' and f.date_signature is null)
  union all select 'attribution_en_route', count(*)::int, null from attribution a where ${reachSql(ctx, 'attribution', 'a')} and a.statut = 'envoyee'
    and a.prescripteur_id is not null and a.envoyee_at < ${lateBefore(ctx.now)}::timestamptz
  union all select 'retour_a_accuser', count(*)::int, min(a.id::text) from attribution a where ${reachSql(ctx, 'attribution', 'a')} and a.statut = 'envoyee'
    and a.prescripteur_id is null
  union all select 'annulation_a_confirmer', count(*)::int, null from annulation n where ${reachSql(ctx, 'annulation', 'n')} and n.statut = 'demandee'
  union all select 'inventaire_a_compter', count(*)::int, null from comptage k where ${reachSql(ctx, 'comptage', 'k')} and k.prescripteur_id is null and k.statut = 'a_faire'
  union all select 'carnets_dormants', count(*)::int, null from carnet c where ${reachSql(ctx, 'carnet', 'c')} and c.statut = 'attribue'
    and c.attribue_at < ${before(ctx, DORMANT_JOURS)}::timestamptz
  union all select 'echeances_a_accorder', x.* from (${echeancesAFaire(ctx, 'accord', 'collectivite')}) x`

const operateur: Counts = (ctx) => sql`${commandes(ctx)}
  union all select 'facture_a_reprendre', count(*)::int, min(f.id::text) from facture f where ${reachSql(ctx, 'facture', 'f')} and f.statut in ('suspendue', 'a_recycler')
  union all select 'facture_a_etablir', count(*)::int, min(c.id::text) from commande c where ${reachSql(ctx, 'commande', 'c')} and c.statut = 'livree'
    and not exists (select 1 from facture f where f.collectivite_id = c.collectivite_id and f.commande_id = c.id and f.nature = 'facture' and f.statut <> 'rejetee')
  union all select 'alertes_a_traiter', count(*)::int, null from alerte a where ${reachSql(ctx, 'alerte', 'a')} and a.statut = 'ouverte'
  union all select 'utilisations_a_examiner', count(*)::int, null from (
    select distinct r.structure_id, r.acte_id from redemption r where ${reachSql(ctx, 'redemption', 'r')} and r.a_examiner and r.statut = 'a_payer') retenues
  union all select 'carnets_a_activer', count(*)::int, min(c.id::text) from commande c where ${reachSql(ctx, 'commande', 'c')} and c.statut = 'livree' and c.numero_mandat is not null
    and exists (select 1 from lot l join carnet k on k.collectivite_id = l.collectivite_id and k.lot_id = l.id
                 where l.collectivite_id = c.collectivite_id and l.commande_id = c.id and k.activation_id is null and k.livre_at is not null and k.statut not in ('bloque', 'annule', 'expire'))
  union all select 'mois_a_arreter', count(*)::int, null from (
    select r.structure_id from redemption r join compte_bancaire a on a.organisation_id = r.structure_id and a.statut = 'accepte'
      left join labellisation f on f.organisation_id = r.structure_id
     where ${reachSql(ctx, 'redemption', 'r')} and r.statut = 'a_payer' and not r.a_examiner and r.at < ${lastCutOff(ctx)}::timestamptz and f.statut is distinct from 'suspendu' group by r.structure_id) dues
  union all select case b.statut when 'arrete' then 'bordereaux_a_controler' when 'controle' then 'bordereaux_a_approuver' when 'approuve' then 'bordereaux_a_transmettre'
      else 'bordereaux_a_payer' end, count(*)::int, min(b.id::text)
    from bordereau b where ${reachSql(ctx, 'bordereau', 'b')} and b.statut in ('arrete', 'controle', 'approuve', 'transmis') group by 1
  union all select case when c.verifie_par is null then 'comptes_a_verifier' else 'comptes_a_accepter' end, count(*)::int, min(c.id::text)
    from compte_bancaire c join labellisation f on f.organisation_id = c.organisation_id and f.operateur_id = ${ctx.actor.organisationId}::uuid
   where ${reachSql(ctx, 'compte_bancaire', 'c')} and c.statut = 'propose' and c.verification is distinct from 'differente'
     and (c.verifie_par is null or c.created_at <= ${acceptableSince(ctx.now)}::timestamptz) group by 1
  union all select 'echeances_a_accorder', x.* from (${echeancesAFaire(ctx, 'accord', 'operateur')}) x
  union all select 'echeances_a_clore', x.* from (${echeancesAFaire(ctx, 'cloture', 'operateur')}) x
  union all select 'retenues_a_crediter', count(distinct i.convention_id)::int, min(i.convention_id::text) from incident i
   where ${reachSql(ctx, 'incident', 'i')} and ${A_CREDITER}`

const prescripteur: Counts = (ctx) => sql`select 'attribution_a_accuser' code, count(*)::int nombre, min(a.id::text) id from attribution a
     where ${reachSql(ctx, 'attribution', 'a')} and a.prescripteur_id = ${ctx.actor.organisationId}::uuid and a.statut = 'envoyee'
  union all select 'inventaire_a_compter', count(*)::int, null from comptage k where ${reachSql(ctx, 'comptage', 'k')} and k.statut = 'a_faire'
  union all select 'carnets_a_remettre', count(*)::int, null from carnet c
     where c.prescripteur_id = ${ctx.actor.organisationId}::uuid and c.statut = 'attribue' and c.activation_id is not null and c.date_fin >= ${ctx.today}::date`

// an atelier's day is its place's own: overseas it is not the one of Paris
const structure: Counts = (
  ctx,
) => sql`select 'ateliers_du_jour' code, count(*)::int nombre, min(a.id::text) id from atelier a join lieu l on l.organisation_id = a.organisation_id and l.id = a.lieu_id
     where ${reachSql(ctx, 'atelier', 'a')} and a.date = (${ctx.now}::timestamptz at time zone l.fuseau)::date and a.statut in ('ouvert', 'complet', 'tenu')
  union all select 'pass_a_payer', count(*)::int, null from redemption r where ${reachSql(ctx, 'redemption', 'r')} and r.statut in ('a_payer', 'en_bordereau')`

const anct: Counts = (
  ctx,
) => sql`select 'convention_a_signer' code, count(*)::int nombre, min(c.id::text) id from convention c where ${reachSql(ctx, 'convention', 'c')} and c.statut = 'brouillon'
    and exists (select 1 from convention_financeur f where f.collectivite_id = c.collectivite_id and f.convention_id = c.id and f.nature = 'etat' and f.date_signature is null)`

// whoever administers has the same to do in every organisation
const equipe: Counts = (
  ctx,
) => sql`select e.code, e.nombre, null::text id from acces_en_attente(${ctx.today}::date, ${ctx.now}::timestamptz, ${REVUE_MOIS}::int,
      ${[...ROLES_SECOND_FACTEUR]}::text[]) a
    cross join lateral (values ('recuperation_a_decider', a.recuperations), ('acces_a_revoir', a.revues), ('second_facteur_manquant', a.sans_facteur),
      ('invitation_expiree', a.invitations)) e(code, nombre)`

const withTeam =
  (counts: Counts): Counts =>
  (ctx) =>
    isAdministrator(ctx.actor.role) ? sql`${counts(ctx)} union all ${equipe(ctx)}` : counts(ctx)

/** One statement a type: every count of its cards, by code. */
export const COUNTS: Record<OrganisationType, Counts> = {
  collectivite: withTeam(collectivite),
  operateur: withTeam(operateur),
  prescripteur: withTeam(prescripteur),
  structure: withTeam(structure),
  anct: withTeam(anct),
  prefecture: equipe,
  hub: equipe,
  financeur: equipe,
}
