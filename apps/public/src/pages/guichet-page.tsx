import type { Session } from '@pass/contracts/session.ts'
import { ROLE_LABELS } from '@pass/domain/organisations.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { LogIn, UserRound } from 'lucide-react'
import { useState } from 'react'
import { getGuichet } from '../calls.ts'
import { goTo, nextStep } from '../entree.ts'
import { paths } from '../paths.ts'
import { type Agent, PinForm } from '../widgets/pin-form.tsx'

export const loader = () => warm({ guichet: apiQuery(getGuichet, {}) })

const Agents = ({ agents, onChoose }: { agents: readonly Agent[]; onChoose: (agent: Agent) => void }) => (
  <Card titre="Qui prend la main ?">
    {agents.length === 0 ? (
      <p>
        Personne ne peut encore entrer ici par un code. Il faut s’être connecté en entier sur ce poste depuis moins de 12&nbsp;heures, et
        avoir choisi un code dans «&nbsp;Mon compte&nbsp;».
      </p>
    ) : (
      <ul className="agents">
        {agents.map((agent) => (
          <li key={agent.adhesionId}>
            <button type="button" className="personne" onClick={() => onChoose(agent)}>
              <span>
                <strong>{agent.nom}</strong>
                <span className="petit doux">{ROLE_LABELS[agent.role]}</span>
              </span>
              <UserRound aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    )}
  </Card>
)

const Whole = () => (
  <div className="rang-boutons">
    <LinkButton variant="second" icon={LogIn} to={paths.connexion()}>
      Me connecter en entier
    </LinkButton>
  </div>
)

/** The lock screen of a trusted desk. It shows names and nothing else: not who left, not where they were. */
export const Component = () => {
  const { guichet } = useWarmed<typeof loader>()
  const [agent, setAgent] = useState<Agent | null>(null)
  const onSession = (session: Session) => goTo(nextStep(session, null))
  const { poste, agents } = guichet
  if (!poste)
    return (
      <Page titre="Poste partagé" etroit intro="Cet ordinateur n’est pas un poste partagé, ou il ne l’est plus.">
        <p>La personne qui administre votre organisation le déclare depuis sa page «&nbsp;Postes partagés&nbsp;», sur cet ordinateur.</p>
        <Whole />
      </Page>
    )
  return (
    <Page titre="Poste verrouillé" etroit intro={`${poste.nom}, ${poste.organisation}`}>
      {agent ? (
        <PinForm key={agent.adhesionId} agent={agent} onSession={onSession} onBack={() => setAgent(null)} />
      ) : (
        <Agents agents={agents} onChoose={setAgent} />
      )}
      <Whole />
    </Page>
  )
}
