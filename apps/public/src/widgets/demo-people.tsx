import type { DemoPerson, Session } from '@pass/contracts/session.ts'
import { ORGANISATION_TYPE_LABELS, ORGANISATION_TYPES, type OrganisationType, ROLE_LABELS } from '@pass/domain/organisations.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { LogIn } from 'lucide-react'
import type { ReactNode } from 'react'
import { signInDemo } from '../calls.ts'

type Group = { id: string; nom: string; type: OrganisationType; people: DemoPerson[] }

/** People under their organisation, organisations in the order of the scheme. */
const groupsOf = (people: readonly DemoPerson[]): Group[] => {
  const groups = new Map<string, Group>()
  for (const person of people) {
    const { id, nom, type } = person.organisation
    const group = groups.get(id) ?? { id, nom, type, people: [] }
    group.people.push(person)
    groups.set(id, group)
  }
  const order = ['collectivite', 'prescripteur', 'structure', 'operateur', 'anct'] as const satisfies readonly OrganisationType[]
  const ranks = [...order, ...ORGANISATION_TYPES.filter((type) => !order.some((one) => one === type))]
  return [...groups.values()].toSorted((a, b) => ranks.indexOf(a.type) - ranks.indexOf(b.type))
}

const Person = ({ person, pending, onChoose }: { person: DemoPerson; pending: boolean; onChoose: () => void }) => (
  <li>
    <button type="button" className="personne" aria-disabled={pending || undefined} onClick={onChoose}>
      <span>
        <strong>
          {person.prenom} {person.nom}
        </strong>
        <span className="petit doux">{ROLE_LABELS[person.role]}</span>
      </span>
      <LogIn aria-hidden="true" />
    </button>
  </li>
)

const Organisation = ({ group: { id, nom, people }, children }: { group: Group; children: (person: DemoPerson) => ReactNode }) => (
  <section className="groupe" aria-labelledby={`organisation-${id}`}>
    <h4 id={`organisation-${id}`}>{nom}</h4>
    <ul>{people.map(children)}</ul>
  </section>
)

/** The people of the demonstration, one press each, under their kind of organisation. */
export const DemoPeople = ({ people, onSession }: { people: readonly DemoPerson[]; onSession: (session: Session) => void }) => {
  const enter = useApiMutation(signInDemo, { onSuccess: onSession })
  const groups = groupsOf(people)
  const types = [...new Set(groups.map(({ type }) => type))]
  return (
    <Card titre="Démonstration : choisissez une personne">
      <p className="doux">Les personnes, les organisations et les montants sont inventés.</p>
      <nav aria-label="Rôles" className="sommaire">
        {types.map((type) => (
          <a key={type} href={`#${type}`}>
            {ORGANISATION_TYPE_LABELS[type]}
          </a>
        ))}
      </nav>
      <RefusalNotice error={enter.error} />
      {types.map((type) => (
        <section key={type} id={type} className="genre" aria-labelledby={`genre-${type}`}>
          <h3 id={`genre-${type}`}>{ORGANISATION_TYPE_LABELS[type]}</h3>
          {groups
            .filter((group) => group.type === type)
            .map((group) => (
              <Organisation key={group.id} group={group}>
                {(person) => (
                  <Person
                    key={person.adhesionId}
                    person={person}
                    pending={enter.isPending}
                    onChoose={() => !enter.isPending && enter.mutate({ body: { adhesionId: person.adhesionId } })}
                  />
                )}
              </Organisation>
            ))}
        </section>
      ))}
    </Card>
  )
}
