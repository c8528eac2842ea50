import { FACTEURS, PREUVES } from '@pass/domain/acces.ts'
import { type Droit, DROITS } from '@pass/domain/droits.ts'
import { ORGANISATION_TYPES, ROLES } from '@pass/domain/organisations.ts'
import { z } from 'zod'
import { routes } from './route.ts'

/** An organisation as every session says it. */
export const Organisation = z.object({ id: z.uuid(), type: z.enum(ORGANISATION_TYPES), nom: z.string() })
const Adhesion = z.object({ id: z.uuid(), organisation: Organisation, role: z.enum(ROLES) })

/** Who is signed in, for which organisation, with which droits, and the server's clock (`today` is the day in Paris). */
export const Session = z.object({
  utilisateur: z.object({ id: z.uuid(), prenom: z.string(), nom: z.string() }),
  /** Sent back by every tab in the `X-Adhesion` header; another one answers 409 `organisation_changee`. */
  adhesionId: z.uuid(),
  organisation: Organisation,
  role: z.enum(ROLES),
  droits: z.array(z.enum(Object.keys(DROITS) as [Droit, ...Droit[]])),
  /** Every adhesion in force today, this one included, for the menu that switches. */
  adhesions: z.array(Adhesion),
  /** Where the organisation acts: a département's code, and the codes of its territory (`D23`, communes, EPCI). */
  departement: z.string().nullable(),
  territoire: z.array(z.string()),
  siret: z.string().nullable(),
  /** A desktop shared at a counter: the screen closes sooner, people change by PIN on a trusted desk. */
  guichet: z.boolean(),
  /** The trusted desk that this browser is, when it is one of this organisation. */
  poste: z.object({ id: z.uuid(), nom: z.string() }).nullable(),
  /** Minutes without use before the session closes; seconds left before it closes whatever happens. By durations: the screens’ clock may be moved. */
  inactiviteMinutes: z.int(),
  restantSecondes: z.int(),
  /** `requis` and not `prouve`: nothing opens but one’s own account and this proof. `methodes`: those that the person registered. */
  secondFacteur: z.object({ requis: z.boolean(), prouve: z.boolean(), methodes: z.array(z.enum(FACTEURS)) }),
  /** How to prove again who one is, best first, and for how many seconds the last proof still holds (0: none). */
  preuve: z.object({ restantSecondes: z.int(), methodes: z.array(z.enum(PREUVES)) }),
  /** The assistance looks at this organisation through the eyes of `de`; every act is refused, every read journaled. */
  consultation: z.object({ id: z.uuid(), de: z.string(), motif: z.string() }).nullable(),
  notificationsNonLues: z.int(),
  demo: z.boolean(),
  maintenant: z.iso.datetime(),
  today: z.iso.date(),
})
export type Session = z.infer<typeof Session>

/** One click of the demonstration's sign-in page: a person in one of their organisations. */
export const DemoPerson = z.object({
  adhesionId: z.uuid(),
  prenom: z.string(),
  nom: z.string(),
  organisation: Organisation,
  role: z.enum(ROLES),
})
export type DemoPerson = z.infer<typeof DemoPerson>

const adhesionId = z.uuid('Choisissez une organisation dans la liste.')
const EXAMPLE_ID = '0192d1c0-0000-7000-8000-000000000001'

export const sessionRoutes = routes({
  getSession: {
    method: 'GET',
    path: '/session',
    droit: 'session:read',
    effect: 'read',
    summary: 'Lire sa session : personne, organisation active, droits',
    response: Session,
  },
  signIn: {
    method: 'POST',
    path: '/session',
    droit: 'public',
    effect: 'session',
    status: 201,
    summary: 'Se connecter avec une adresse électronique et un mot de passe',
    refusals: ['trop_de_demandes'],
    body: z.strictObject({
      courriel: z
        .string()
        .trim()
        .toLowerCase()
        .max(254)
        .pipe(z.email('Indiquez une adresse électronique. Exemple : prenom.nom@exemple.fr.')),
      motDePasse: z.string().min(1, 'Indiquez votre mot de passe.').max(200),
      /** A desktop shared at a counter: the session closes after 10 minutes without use instead of 30. */
      guichet: z.boolean().default(false),
    }),
    response: Session,
    example: { courriel: 'ada.martin@exemple.fr', motDePasse: 'une phrase assez longue', guichet: false },
  },
  signOut: {
    method: 'DELETE',
    path: '/session',
    droit: 'public',
    effect: 'session',
    summary: 'Se déconnecter',
    /** `suite`: where to go next so that ProConnect forgets the person too. */
    response: z.object({ deconnecte: z.literal(true), suite: z.url().nullable() }),
  },
  switchAdhesion: {
    method: 'PUT',
    path: '/session/adhesion',
    droit: 'session:read',
    effect: 'session',
    summary: 'Agir pour une autre de ses organisations',
    refusals: ['introuvable', 'pin_bloque'],
    body: z.strictObject({ adhesionId }),
    response: Session,
    example: { adhesionId: EXAMPLE_ID },
  },
  listDemoPeople: {
    method: 'GET',
    path: '/demo/personnes',
    droit: 'public',
    effect: 'session',
    demo: true,
    summary: 'Lister les personnes de la démonstration',
    response: z.object({ items: z.array(DemoPerson) }),
  },
  signInDemo: {
    method: 'POST',
    path: '/demo/session',
    droit: 'public',
    effect: 'session',
    demo: true,
    status: 201,
    summary: 'Entrer dans la démonstration comme l’une de ses personnes',
    refusals: ['introuvable'],
    body: z.strictObject({ adhesionId }),
    response: Session,
    example: { adhesionId: EXAMPLE_ID },
  },
  moveClock: {
    method: 'POST',
    path: '/demo/horloge',
    droit: 'session:read',
    effect: 'write',
    demo: true,
    summary: 'Avancer l’horloge de la démonstration',
    body: z.strictObject({
      jours: z.int('Indiquez un nombre entier de jours.').min(1, 'Avancez d’un jour au moins.').max(60, 'Avancez de 60 jours au plus.'),
    }),
    response: z.object({ maintenant: z.iso.datetime(), today: z.iso.date() }),
    example: { jours: 1 },
  },
})
