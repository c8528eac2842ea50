import type { Commande } from '@pass/contracts/commandes.ts'
import { COMMANDE_ACTE_LABELS, type CommandeActe } from '@pass/domain/commande-actes.ts'
import { plural } from '@pass/domain/money.ts'
import type { ReactNode } from 'react'
import { useSession } from '../../session.tsx'
import { type Etape, Timeline } from '../../ui/timeline.tsx'
import { Instant } from '../../ui/values.tsx'
import { nextSteps, tourInWords } from './next-step.ts'

type Past = Commande['etapes'][number]
type Documents = Partial<Record<CommandeActe, ReactNode>>

const LABELS: Readonly<Record<string, string>> = COMMANDE_ACTE_LABELS
const REFUSED: readonly string[] = ['correction', 'annulation'] satisfies CommandeActe[]

// What people wrote is quoted; what the server adds up (« 2 carnets manquants ») is a fact like the others.
const QUOTED: readonly string[] = ['correction', 'annulation'] satisfies CommandeActe[]

const factOf = ({ colis, recus }: Commande, action: string): string | null => {
  if (action === 'expedition' && colis !== null) return plural(colis, 'colis', 'colis')
  return action === 'reception' && recus !== null ? plural(recus, 'carnet reçu', 'carnets reçus') : null
}

const Comment = ({ action, commentaire }: Past) => {
  if (!commentaire) return null
  return QUOTED.includes(action) ? <span className="citation">« {commentaire} »</span> : <> · {commentaire}</>
}

const Detail = ({ past, fact, document }: { past: Past; fact: string | null; document: ReactNode }) => (
  <>
    <Instant at={past.at} />, {past.acteur}
    {fact && <> · {fact}</>}
    {document && <> · {document}</>}
    <Comment {...past} />
  </>
)

const actorOf = ({ organisation }: Past, { operateur, collectivite }: Commande, me: string): string => {
  if (organisation === me) return 'Vous'
  if (organisation === operateur.nom) return 'Opérateur'
  return organisation === collectivite.nom ? 'Collectivité' : organisation
}

const pastStep = (past: Past, commande: Commande, me: string, documents: Documents): Etape => ({
  cle: past.id,
  titre: LABELS[past.action] ?? past.action,
  etat: REFUSED.includes(past.action) ? 'refus' : 'fait',
  detail: <Detail past={past} fact={factOf(commande, past.action)} document={documents[past.action]} />,
  acteur: actorOf(past, commande, me),
})

type Props = {
  commande: Commande
  /** The document of an act, beside its date: `{ devis: <FileLink …/> }`. */
  documents?: Documents
}

/** What happened (date, person, document), what comes next and whose turn it is (ux.md A12). */
export const CommandeTimeline = ({ commande, documents = {} }: Props) => {
  const { organisation } = useSession()
  const next = nextSteps(commande).map(({ titre, tour, detail }, rank): Etape => ({
    cle: titre,
    titre,
    etat: rank === 0 ? 'encours' : 'attente',
    ...(detail && { detail }),
    acteur: tourInWords(tour, organisation.type),
  }))
  return <Timeline etapes={[...commande.etapes.map((past) => pastStep(past, commande, organisation.nom, documents)), ...next]} />
}
