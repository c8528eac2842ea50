import type { ComptePersonnel } from '@pass/contracts/compte-personnel.ts'
import { plural } from '@pass/domain/money.ts'
import { Check, type LucideIcon, Minus } from 'lucide-react'

type Way = { titre: string; detail: string; actif: boolean }

const waysOf = ({ proconnect, motDePasse, passkeys, totpAt, pin }: ComptePersonnel): Way[] => [
  {
    titre: 'ProConnect',
    detail: proconnect ? 'Relié à votre compte professionnel.' : 'Pour les agents publics, depuis la page de connexion.',
    actif: proconnect,
  },
  { titre: 'Lien par courriel', detail: 'Envoyé à votre adresse, valable 15 minutes.', actif: true },
  {
    titre: 'Clé d’accès',
    detail:
      passkeys.length > 0
        ? plural(passkeys.length, 'clé enregistrée', 'clés enregistrées')
        : 'Empreinte, visage ou code de votre appareil.',
    actif: passkeys.length > 0,
  },
  { titre: 'Mot de passe', detail: motDePasse ? 'Choisi.' : 'Aucun.', actif: motDePasse },
  {
    titre: 'Application de codes',
    detail: totpAt ? 'Demandée en plus à chaque connexion.' : 'Un second facteur sur votre téléphone.',
    actif: totpAt !== null,
  },
  { titre: 'Code de poste partagé', detail: pin ? 'Choisi.' : 'Pour reprendre la main à un guichet.', actif: pin },
]

const ICONS: Record<'oui' | 'non', LucideIcon> = { oui: Check, non: Minus }

/** Every way into the account, in use or not: the word says it, the icon repeats it. */
export const WaysIn = ({ compte }: { compte: ComptePersonnel }) => (
  <ul className="moyens">
    {waysOf(compte).map(({ titre, detail, actif }) => {
      const Icon = ICONS[actif ? 'oui' : 'non']
      return (
        <li key={titre} data-actif={actif || undefined}>
          <Icon aria-hidden="true" />
          <span>
            <strong>
              {titre}
              <span className="hors-ecran">{actif ? ', en service' : ', pas en service'}</span>
            </strong>
            <span className="petit doux sous">{detail}</span>
          </span>
        </li>
      )
    })}
  </ul>
)
