import { INVITATION_JOURS } from '@pass/domain/acces.ts'

/** Why a way in was refused: what happened, then what to do. `qui`: whom to ask, when asking is what helps. */
export type Motif = {
  titre: string
  texte: string
  suite: string
  qui: 'organisation' | 'operateur' | 'assistance' | null
  recommencer: boolean
}

const refused = { qui: 'organisation', recommencer: false } as const
const failed = { qui: null, recommencer: true } as const

/** The reasons that the way back from ProConnect gives (`/connexion/refus?motif=…`), each with its own sentence. */
export const MOTIFS = {
  siret_inconnu: {
    titre: 'Votre organisation n’est pas inscrite',
    texte: 'ProConnect nous dit pour quel établissement vous travaillez. Aucune organisation du Pass numérique ne porte ce numéro SIRET.',
    suite:
      'Vous travaillez pour plusieurs établissements\u00a0? Recommencez et choisissez l’autre dans ProConnect. Sinon, demandez à l’opérateur de votre collectivité d’inscrire cet établissement.',
    qui: 'operateur',
    recommencer: true,
  },
  pas_membre: {
    ...refused,
    titre: 'Votre organisation est inscrite, mais pas vous',
    texte: 'ProConnect vous a reconnu. Personne ne vous a encore donné d’accès dans votre organisation.',
    suite: 'Demandez une invitation à la personne qui l’administre. Elle l’envoie depuis sa page «\u00a0Équipe\u00a0».',
  },
  invitation_en_attente: {
    ...refused,
    titre: 'Une invitation vous attend',
    texte: 'Vous êtes invité dans votre organisation, mais l’invitation n’est pas encore acceptée.',
    suite: `Ouvrez le courriel d’invitation et suivez son lien\u00a0: il sert une fois, pendant ${INVITATION_JOURS}\u00a0jours. Si vous ne le trouvez pas, demandez qu’on vous le renvoie.`,
  },
  compte_desactive: {
    ...refused,
    titre: 'Votre compte est désactivé',
    texte: 'Quelqu’un a fermé votre accès, par exemple après un départ ou le vol d’un ordinateur.',
    suite: 'La personne qui administre votre organisation vous dira pourquoi, et peut demander qu’on le rouvre.',
  },
  compte_deja_lie: {
    titre: 'Ce compte est lié à une autre identité ProConnect',
    texte: 'Votre adresse électronique a déjà un compte ici, ouvert par une autre identité ProConnect que celle-ci.',
    suite: 'Recommencez avec l’identité que vous aviez prise la première fois. Si vous en avez changé, appelez l’assistance.',
    qui: 'assistance',
    recommencer: true,
  },
  annulee: {
    ...failed,
    titre: 'Connexion annulée',
    texte: 'Vous avez quitté ProConnect avant la fin. Rien n’a été ouvert.',
    suite: 'Recommencez quand vous voulez, ou prenez un autre moyen.',
  },
  code_expire: {
    ...failed,
    titre: 'La connexion a pris trop de temps',
    texte: 'La réponse de ProConnect ne sert qu’une fois et pendant quelques instants. Elle n’est plus valable.',
    suite: 'Recommencez\u00a0: ProConnect se souvient souvent de vous, et cela va plus vite.',
  },
  etat_invalide: {
    ...failed,
    titre: 'Cette connexion n’a pas commencé ici',
    texte: 'Elle a commencé dans un autre navigateur, ou il y a plus de 10\u00a0minutes. Pour votre sécurité, elle s’arrête là.',
    suite: 'Fermez les autres onglets de connexion, puis recommencez depuis cette page.',
  },
  nonce_invalide: {
    ...failed,
    titre: 'La réponse reçue ne répond pas à votre demande',
    texte: 'ProConnect a répondu à une autre demande que la vôtre. Pour votre sécurité, rien n’a été ouvert.',
    suite: 'Recommencez. Si cela se répète, changez de navigateur et prévenez l’assistance.',
  },
  reponse_invalide: {
    ...failed,
    titre: 'La réponse de ProConnect n’a pas pu être vérifiée',
    texte: 'Il y manque une information ou une signature. Pour votre sécurité, rien n’a été ouvert.',
    suite: 'Recommencez. Si cela se répète, prenez un autre moyen et prévenez l’assistance.',
  },
  fournisseur_indisponible: {
    ...failed,
    titre: 'ProConnect ne répond pas',
    texte: 'Le service ProConnect est en panne ou trop lent. Vos accès ne sont pas en cause.',
    suite: 'Prenez un autre moyen de vous connecter, ou réessayez dans quelques minutes.',
  },
} as const satisfies Record<string, Motif>

const OTHER: Motif = {
  ...failed,
  titre: 'La connexion n’a pas abouti',
  texte: 'Une étape s’est mal passée. Rien n’a été ouvert.',
  suite: 'Recommencez, ou prenez un autre moyen.',
}

/** The reason that the address names; a general one for an old or hand-typed address. */
export const motifOf = (motif: string | null): Motif =>
  motif !== null && Object.hasOwn(MOTIFS, motif) ? MOTIFS[motif as keyof typeof MOTIFS] : OTHER

/** The 14 figures of a SIRET as an address carries them, or null: nothing else of the address is ever shown. */
export const siretOf = (siret: string | null): string | null => (siret !== null && /^\d{14}$/.test(siret) ? siret : null)
