import { FINANCEUR_NATURES, IDENTITE_MODES, LIEUX_ADMIS, PUBLIC_CODES } from '@pass/domain/conventions.ts'
import { z } from 'zod'
import { centimes, day, montant, texte } from './lists.ts'

const entier = (message: string, min: number, max: number) => z.int(message).min(min, message).max(max, message)

/** A code of territory: département, région, EPCI, commune. */
export const territoireCode = z.string().regex(/^(D|R|E|C)[0-9A-B]{2,9}$/, 'Code de territoire inconnu. Exemple : D23 pour la Creuse.')

export const FinanceurDraft = z.strictObject({
  nature: z.enum(FINANCEUR_NATURES, 'Choisissez la nature du financeur.'),
  nom: texte('Nommez le financeur.', 120),
  cleBp: entier('La part est un pourcentage de 0,01 % à 100 %.', 1, 10_000),
  plafondCentimes: centimes('Le plafond est un montant en euros.').nullable(),
  estRepli: z.boolean('Indiquez qui prend le reste.'),
})

/** The rules of a convention as they are typed: on the brouillon, then in each avenant. */
export const termesBody = {
  dateFin: day('Indiquez le dernier jour. Exemple : 31/12/2027.'),
  montantCentimes: centimes('Indiquez le montant en euros. Exemple : 120 000,00 €.'),
  carnetTaille: entier('Un carnet compte de 1 à 10 pass.', 1, 10),
  valeurFacialeCentimes: entier('Un pass vaut de 1,00 € à 1 000,00 €.', 100, 100_000),
  validiteMois: entier('La validité est de 1 à 60 mois.', 1, 60),
  toleranceJours: entier('La tolérance est de 0 à 365 jours.', 0, 365),
  reclamationJours: entier('Le délai de réclamation est de 0 à 365 jours.', 0, 365),
  passParAtelier: entier('De 1 à 10 pass par atelier.', 1, 10),
  passParAtelierLong: entier('De 1 à 10 pass par atelier de plus de 2 h.', 1, 10),
  passParDemiJournee: entier('De 1 à 10 pass par demi-journée.', 1, 10),
  quotaPicBp: entier('La part du public cible va de 0 % à 100 %.', 0, 10_000),
  fraisAmontBp: entier('Les frais vont de 0 % à 50 %.', 0, 5000),
  fse: z.boolean('Indiquez si le Fonds social européen participe.'),
  identite: z.enum(IDENTITE_MODES, 'Choisissez ce qui est demandé à la personne.'),
  publics: z.array(z.enum(PUBLIC_CODES, 'Choisissez les publics dans la liste.')).min(1, 'Choisissez au moins un public.').max(30),
  criteres: z
    .array(
      z.strictObject({ public: z.enum(PUBLIC_CODES, 'Choisissez le public dans la liste.'), texte: texte('Écrivez le critère.', 300) }),
    )
    .max(30),
  territoire: z.array(territoireCode).max(100, '100 territoires au plus.'),
  lieuxAdmis: z.enum(LIEUX_ADMIS, 'Choisissez les lieux admis.'),
  lieux: z.array(z.uuid('Choisissez les lieux dans la liste.')).max(2000, '2 000 lieux au plus.'),
  financeurs: z.array(FinanceurDraft).min(1, 'Ajoutez au moins un financeur.').max(10, 'Dix financeurs au plus.'),
}

/** The rules kept by a version: a former one stays readable even when today's form would refuse it. */
export const Termes = z.object({
  dateFin: z.iso.date(),
  montantCentimes: montant,
  carnetTaille: z.int(),
  valeurFacialeCentimes: montant,
  validiteMois: z.int(),
  toleranceJours: z.int(),
  reclamationJours: z.int(),
  passParAtelier: z.int(),
  passParAtelierLong: z.int(),
  passParDemiJournee: z.int(),
  quotaPicBp: z.int(),
  fraisAmontBp: z.int(),
  fse: z.boolean(),
  identite: z.enum(IDENTITE_MODES),
  publics: z.array(z.enum(PUBLIC_CODES)),
  criteres: z.array(z.object({ public: z.enum(PUBLIC_CODES), texte: z.string() })),
  territoire: z.array(z.string()),
  lieuxAdmis: z.enum(LIEUX_ADMIS),
  lieux: z.array(z.uuid()),
})

/** What the example of every route that writes rules sends. */
export const TERMES_EXAMPLE = {
  dateFin: '2028-12-31',
  montantCentimes: 12_000_000,
  carnetTaille: 10,
  valeurFacialeCentimes: 1000,
  validiteMois: 12,
  toleranceJours: 30,
  reclamationJours: 60,
  passParAtelier: 1,
  passParAtelierLong: 2,
  passParDemiJournee: 2,
  quotaPicBp: 5000,
  fraisAmontBp: 400,
  fse: true,
  identite: 'minimale',
  publics: ['demandeurs_emploi', 'seniors'],
  criteres: [{ public: 'seniors', texte: 'À partir de 60 ans.' }],
  territoire: ['D23'],
  lieuxAdmis: 'tous',
  lieux: [],
  financeurs: [
    { nature: 'fse', nom: 'Fonds social européen', cleBp: 6000, plafondCentimes: null, estRepli: false },
    { nature: 'etat', nom: 'État', cleBp: 2000, plafondCentimes: null, estRepli: false },
    { nature: 'collectivite', nom: 'Département de la Creuse', cleBp: 2000, plafondCentimes: null, estRepli: true },
  ],
}
