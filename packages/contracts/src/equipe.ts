import { INVITATION_ETATS, MEMBRE_ETATS, RECUPERATION_STATUTS } from '@pass/domain/membres.ts'
import { ORGANISATION_TYPES, ROLES } from '@pass/domain/organisations.ts'
import { z } from 'zod'
import { courriel } from './connexion.ts'
import { instant, texte } from './lists.ts'

const nomDePersonne = z.object({ id: z.uuid(), nom: z.string() })

/** A role as a form sends it. */
export const role = z.enum(ROLES, 'Choisissez un rôle dans la liste.')
/** The codes of a territory: `C…` commune, `E…` EPCI, `D…` département, `R…` région. */
export const territoire = z.array(z.string().regex(/^[0-9A-Za-z:_-]{1,20}$/, 'Choisissez des territoires dans la liste.')).max(50)
/** Who is invited. */
export const invitationBody = {
  courriel,
  prenom: texte('Indiquez le prénom.', 80),
  nom: texte('Indiquez le nom.', 80),
}

/** An access of somebody to this organisation. `etat`: en_cours, a_venir, termine. */
export const Membre = z.object({
  adhesionId: z.uuid(),
  utilisateurId: z.uuid(),
  prenom: z.string(),
  nom: z.string(),
  courriel: z.string(),
  role,
  territoire: z.array(z.string()),
  dateDebut: z.iso.date(),
  dateFin: z.iso.date().nullable(),
  etat: z.enum(MEMBRE_ETATS),
  secondFacteur: z.boolean(),
  derniereConnexionAt: instant.nullable(),
  /** Last time somebody confirmed this access; due again after 6 months. */
  revueLe: z.iso.date().nullable(),
  revueDue: z.boolean(),
  moi: z.boolean(),
})
export type Membre = z.infer<typeof Membre>

export const Invitation = z.object({
  id: z.uuid(),
  courriel: z.string(),
  prenom: z.string(),
  nom: z.string(),
  role,
  territoire: z.array(z.string()),
  dateFin: z.iso.date().nullable(),
  etat: z.enum(INVITATION_ETATS),
  envoyeeAt: instant,
  expireAt: instant,
  par: nomDePersonne,
})
export type Invitation = z.infer<typeof Invitation>

/** A line of the journal of accesses: who did what, as a sentence. */
export const LigneJournal = z.object({
  at: instant,
  personne: z.string().nullable(),
  role: z.string().nullable(),
  action: z.string(),
  libelle: z.string(),
  statut: z.int(),
  code: z.string().nullable(),
  /** Somebody of the assistance, looking through the eyes of `pour`. */
  assistance: z.object({ de: z.string(), pour: z.string() }).nullable(),
})
export type LigneJournal = z.infer<typeof LigneJournal>

/** An organisation, for those who create them. */
export const FicheOrganisation = z.object({
  id: z.uuid(),
  type: z.enum(ORGANISATION_TYPES),
  nom: z.string(),
  siret: z.string().nullable(),
  departement: z.string().nullable(),
  territoire: z.array(z.string()),
  membres: z.int(),
  /** Nobody administers it: an administrator may be invited again. */
  sansAdministrateur: z.boolean(),
})
export type FicheOrganisation = z.infer<typeof FicheOrganisation>

/** A person lost every second factor; `decidable` false says why in `raison`. */
export const Recuperation = z.object({
  id: z.uuid(),
  personne: z.string(),
  courriel: z.string(),
  statut: z.enum(RECUPERATION_STATUTS),
  demandeeAt: instant,
  expireAt: instant,
  raison: z.string().nullable(),
})
export type Recuperation = z.infer<typeof Recuperation>
