import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { quoteInWords } from '@pass/domain/commandes.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { CommandeBadge } from '@pass/web/modules/commandes/commande-badge.tsx'
import { CommandeTimeline } from '@pass/web/modules/commandes/commande-timeline.tsx'
import { nextSteps } from '@pass/web/modules/commandes/next-step.ts'
import { Card, Columns } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Euros, Instant } from '@pass/web/ui/values.tsx'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ commande: apiQuery(commandeRoutes.getCommande, { params: paramsOf(commandeRoutes.getCommande, params) }) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.commandes(), label: 'Commandes' },
]

export const Component = () => {
  const { commande } = useWarmed<typeof loader>()
  const { collectivite, operateur, convention, montantCentimes, createdAt } = commande
  return (
    <Page
      titre={`Commande ${commande.reference}`}
      fil={FIL}
      intro={quoteInWords(commande)}
      badge={<CommandeBadge statut={commande.statut} />}
    >
      <Columns>
        <Card titre="La commande">
          <DefinitionList
            items={[
              { terme: 'Collectivité', valeur: collectivite.nom },
              { terme: 'Opérateur', valeur: operateur.nom },
              { terme: 'Convention', valeur: <Link to={paths.convention({ conventionId: convention.id })}>{convention.nom}</Link> },
              { terme: 'Demandée le', valeur: <Instant at={createdAt} /> },
              { terme: 'Valeur des pass', valeur: <Euros centimes={montantCentimes} /> },
            ]}
          />
        </Card>
        <Card titre="Ce qui vient">
          {nextSteps(commande).length === 0 ? (
            <p>Plus aucune étape n’est attendue avant la livraison.</p>
          ) : (
            <CommandeTimeline commande={commande} />
          )}
        </Card>
      </Columns>
      <p className="petit doux">Le devis, les fonds reçus et les numéros des carnets restent entre la collectivité et son opérateur.</p>
    </Page>
  )
}
