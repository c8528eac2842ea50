import { Card } from '@pass/web/ui/card.tsx'
import { TachesCard } from '@pass/web/modules/production/taches-card.tsx'
import { nextSteps } from '@pass/web/modules/commandes/next-step.ts'
import type { ActProps } from './act-props.ts'
import { MaquettePanel } from './maquette-panel.tsx'
import { ReceptionPanel } from './reception-panel.tsx'
import { ReclamationsCard } from './reclamations-card.tsx'
import { SignPanel } from './sign-panel.tsx'

const Waiting = ({ commande }: Pick<ActProps, 'commande'>) => {
  const [next] = nextSteps(commande)
  if (!next || next.tour === 'collectivite' || commande.statut === 'livree' || commande.statut === 'close') return null
  return (
    <Card titre="En attente de l’opérateur">
      <p>
        Prochaine étape, chez {commande.operateur.nom} : <strong>{next.titre.toLowerCase()}</strong>. Vous n’avez rien à faire pour
        l’instant.
      </p>
    </Card>
  )
}

const NextAct = (props: ActProps) => {
  switch (props.commande.statut) {
    case 'devis':
      return <SignPanel {...props} />
    case 'maquette_a_valider':
      return <MaquettePanel {...props} />
    case 'expediee':
      return <ReceptionPanel {...props} />
    default:
      return <Waiting commande={props.commande} />
  }
}

/** The one thing that the collectivité does at this step, or who it waits for; what goes on by itself; what was missing. */
export const CommandeActs = (props: ActProps) => (
  <>
    <TachesCard commandeId={props.commande.id} />
    <NextAct {...props} />
    <ReclamationsCard commandeId={props.commande.id} />
  </>
)
