import { ORGANISATION_TYPE_LABELS, ROLE_LABELS } from '@pass/domain/organisations.ts'
import { useMutation } from '@tanstack/react-query'
import { ArrowLeftRight, Check, ChevronDown, LogOut, Repeat } from 'lucide-react'
import { DemoClock } from './demo-line.tsx'
import { signOut, switchOrganisation, useSession } from './session.tsx'
import { Disclosure } from './ui/disclosure.tsx'
import { Notice } from './ui/notice.tsx'

const Identity = () => {
  const { utilisateur, organisation, role } = useSession()
  return (
    <>
      <span className="structure petit">
        <strong>{organisation.nom}</strong>
        <span className="doux">
          {utilisateur.prenom} {utilisateur.nom}
          <span className="structure-role">, {ROLE_LABELS[role].toLowerCase()}</span>
        </span>
      </span>
      <ChevronDown aria-hidden="true" className="chevron" />
    </>
  )
}

const Organisations = ({ onSwitch }: { onSwitch: (adhesionId: string) => void }) => {
  const { adhesions, adhesionId } = useSession()
  return (
    <section aria-labelledby="compte-organisations">
      <h2 id="compte-organisations" className="petit doux">
        Changer d’organisation
      </h2>
      <ul>
        {adhesions.map(({ id, organisation, role }) => (
          <li key={id}>
            <button type="button" aria-current={id === adhesionId} disabled={id === adhesionId} onClick={() => onSwitch(id)}>
              {id === adhesionId ? <Check aria-hidden="true" /> : <ArrowLeftRight aria-hidden="true" />}
              <span>
                {organisation.nom}
                <span className="petit doux">
                  {ORGANISATION_TYPE_LABELS[organisation.type]}, {ROLE_LABELS[role].toLowerCase()}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Organisation and person, on every page, with what changes them. */
export const AccountMenu = () => {
  const { adhesions, demo } = useSession()
  const act = useMutation({ mutationFn: (todo: () => Promise<void>) => todo() })
  return (
    <div className="compte">
      <Disclosure label={<Identity />}>
        {adhesions.length > 1 && <Organisations onSwitch={(id) => act.mutate(() => switchOrganisation(id))} />}
        <ul>
          {demo && (
            <li className="compte-horloge">
              <DemoClock />
            </li>
          )}
          {demo && (
            <li>
              <a href="/connexion">
                <Repeat aria-hidden="true" />
                Changer de personne
              </a>
            </li>
          )}
          <li>
            <button type="button" onClick={() => act.mutate(signOut)}>
              <LogOut aria-hidden="true" />
              Se déconnecter
            </button>
          </li>
        </ul>
      </Disclosure>
      {act.error && (
        <Notice tone="refus" live="alert">
          {act.error.message}
        </Notice>
      )}
    </div>
  )
}
