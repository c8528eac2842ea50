import type { FicheOrganisation } from '@pass/contracts/equipe.ts'
import type { organisationRoutes } from '@pass/contracts/organisations.ts'
import type { Input } from '@pass/contracts/route.ts'
import { ADMINISTRATORS } from '@pass/domain/acces.ts'
import { administratorOf, whyNotCreateOrganisation, whyNotGrant } from '@pass/domain/habilitations.ts'
import { bareSiret, isSiret, type OrganisationType, rolesOf } from '@pass/domain/organisations.ts'
import { rechercheDe } from '@pass/domain/recherche.ts'
import { refuse, type Refusal } from '@pass/domain/refusal.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql, type Sql } from '../../platform/db.ts'
import { enforce, found, Refused } from '../../platform/errors.ts'
import { notify } from '../../platform/notify.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { checkDepartement, checkTerritoire } from '../referentiels/public.ts'
import { sendInvitation } from './invitations.ts'

type Row = Omit<FicheOrganisation, 'membres' | 'sansAdministrateur'> & { cle: string }
type Facts = { id: string; membres: number; administree: boolean }

const withFacts = async ({ db, today }: Ctx, rows: readonly Row[]): Promise<FicheOrganisation[]> => {
  const ids = rows.map(({ id }) => id)
  const facts = await db.$queryRaw<Facts[]>`
    select * from organisations_membres(${ids}::uuid[], ${[...ADMINISTRATORS]}::text[], ${today}::date)`
  const factsOf = new Map(facts.map((one) => [one.id, one]))
  return rows.map(({ cle: _, ...row }) => ({
    ...row,
    membres: factsOf.get(row.id)?.membres ?? 0,
    sansAdministrateur: !factsOf.get(row.id)?.administree,
  }))
}

const COLUMNS = sql`o.id, o.type, o.nom, o.siret, o.departement, o.territoire, recherche_de(o.nom) cle`
/** Those that the actor looks after: all for the ANCT; for an operator those it made or works with. */
const SUIVIES = sql`organisation o join organisations_suivies() s(id) on s.id = o.id`

const matching = (recherche: string): Sql => {
  const digits = recherche.replace(/\s/g, '')
  if (/^\d{3,14}$/.test(digits)) return sql`and starts_with(o.siret, ${digits})`
  const asked = rechercheDe(recherche)
  return asked === '' ? empty : sql`and position(${asked} in recherche_de(o.nom)) > 0`
}

type SearchQuery = {
  recherche?: string | undefined
  type?: OrganisationType | undefined
  apres?: string | undefined
  taille?: number | undefined
}

/** The organisations that the actor looks after, by name or SIRET. */
export const searchOrganisations = async (ctx: Ctx, { recherche = '', type, apres, taille = TAILLE }: SearchQuery) => {
  const last = cursorOf(apres, z.tuple([z.string(), z.uuid()]))
  const filter = sql`where true ${type ? sql`and o.type = ${type}` : empty} ${matching(recherche)}`
  const after = last ? sql`and (recherche_de(o.nom), o.id) > (${last[0]}, ${last[1]}::uuid)` : empty
  const rows = await ctx.db.$queryRaw<Row[]>`
    select ${COLUMNS} from ${SUIVIES} ${filter} ${after} order by recherche_de(o.nom), o.id limit ${taille + 1}`
  const [count] = await ctx.db.$queryRaw<{ n: number }[]>`select count(*)::int n from ${SUIVIES} ${filter}`
  const page = pageOf(rows, taille, ({ cle, id }) => [cle, id], count!.n)
  return { ...page, items: await withFacts(ctx, page.items) }
}

/** One that the actor looks after, or 404. */
const getFiche = async (ctx: Ctx, organisationId: string): Promise<FicheOrganisation> => {
  const rows = await ctx.db.$queryRaw<Row[]>`select ${COLUMNS} from ${SUIVIES} where o.id = ${organisationId}::uuid`
  return found((await withFacts(ctx, rows))[0])
}

const whyNotSiret = (siret: string | null): Refusal | null => {
  if (siret === null || isSiret(siret)) return null
  const { code, message } = refuse('siret_invalide')
  return { code, message, erreurs: [{ chemin: 'siret', message }] }
}

/** Makes an organisation and invites the person who will administer it, in one transaction: without them it would open to nobody. */
export const createOrganisation = async (ctx: Ctx, body: Input<typeof organisationRoutes.createOrganisation>['body']) => {
  const { type, nom, departement, territoire, administrateur } = body
  const typed = body.siret?.trim() || null
  enforce(whyNotSiret(typed), 400)
  await checkDepartement(ctx, departement, 'departement')
  await checkTerritoire(ctx, territoire)
  enforce(whyNotCreateOrganisation(ctx.actor.role, type))
  const siret = typed && bareSiret(typed)
  const [row] = await ctx.db.$queryRaw<{ id: string | null }[]>`
    select organisation_create(${type}, ${nom}, ${siret}, ${departement}, ${territoire}::text[]) id`
  if (!row!.id) throw new Refused(refuse('siret_deja_connu'))
  found(await sendInvitation(ctx, row!.id, { ...administrateur, role: administratorOf(type), territoire: [], dateFin: null }))
  return getFiche(ctx, row!.id)
}

/** Invites somebody to administer an organisation that nobody administers; whoever else was invited from outside is invited no more. */
export const inviteAdministrator = async (
  ctx: Ctx,
  { organisationId, ...administrateur }: { organisationId: string; courriel: string; prenom: string; nom: string },
) => {
  const fiche = await getFiche(ctx, organisationId)
  const organisation = { id: fiche.id, type: fiche.type, hasAdministrator: !fiche.sansAdministrateur }
  const role = administratorOf(fiche.type)
  enforce(whyNotGrant({ granter: ctx.actor, organisation, role }))
  const id = await sendInvitation(ctx, organisationId, { ...administrateur, role, territoire: [], dateFin: null })
  // somebody came to administer it meanwhile
  if (id === null) throw new Refused(refuse('habilitation_refusee'))
  // nobody takes the head of an organisation behind the back of its people
  await notify(ctx, {
    organisationId,
    roles: rolesOf(fiche.type),
    categorie: 'securite',
    code: 'administration_proposee',
    titre: 'Accès\u00a0: une personne est invitée à administrer votre organisation',
    texte: `${administrateur.prenom} ${administrateur.nom} est invitée par ${ctx.actor.organisationNom}, parce que personne n’administre plus votre organisation. Si vous ne connaissez pas cette personne, appelez ${ctx.actor.organisationNom}.`,
    lien: null,
  })
  return getFiche(ctx, organisationId)
}
