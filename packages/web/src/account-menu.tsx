import { ORGANISATION_TYPE_LABELS, ROLE_LABELS } from '@pass/domain/organisations.ts'
import { plural } from '@pass/domain/money.ts'
import { useMutation } from '@tanstack/react-query'
import { ArrowLeftRight, Bell, Check, ChevronDown, Lock, LogOut, Repeat, UserRound, UsersRound } from 'lucide-react'
import { DemoClock } from './demo-line.tsx'
import { waitingAtSignOut, waitingOf } from './modules/pass/waiting.ts'
import { lockDesk, signOut, switchOrganisation, useSession } from './session.tsx'
import { Disclosure } from './ui/disclosure.tsx'
import { RefusalNotice } from './ui/notice.tsx'

const Identity = () => {
  const { utilisateur, organisation, role, notificationsNonLues, consultation } = useSession()
  const unread = consultation ? 0 : notificationsNonLues
  return (
    <>
      <span className="structure petit">
        <strong>{organisation.nom}</strong>
        <span className="doux">
          {utilisateur.prenom} {utilisateur.nom}
          <span className="structure-role">, {ROLE_LABELS[role].toLowerCase()}</span>
        </span>
      </span>
      {unread > 0 && (
        <span className="pastille">
          <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
          <span className="hors-ecran">{plural(unread, 'notification non lue', 'notifications non lues')}</span>
        </span>
      )}
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

/** One's own pages: another app of the site, hence plain links. Whoever looks through another's eyes has none of them. */
const OwnPages = () => {
  const { droits, notificationsNonLues } = useSession()
  return (
    <>
      <li>
        <a href="/compte/">
          <UserRound aria-hidden="true" />
          Mon compte
        </a>
      </li>
      <li>
        <a href="/compte/notifications">
          <Bell aria-hidden="true" />
          <span>
            Notifications
            {notificationsNonLues > 0 && <b className="petit doux">{plural(notificationsNonLues, 'non lue', 'non lues')}</b>}
          </span>
        </a>
      </li>
      {droits.includes('membre:manage') && (
        <li>
          <a href="/compte/equipe">
            <UsersRound aria-hidden="true" />
            Équipe
          </a>
        </li>
      )}
    </>
  )
}

/** Organisation and person, on every page, with what changes them. */
export const AccountMenu = () => {
  const { utilisateur, adhesions, demo, consultation, poste } = useSession()
  const waiting = waitingAtSignOut(waitingOf(utilisateur.id))
  const act = useMutation({ mutationFn: (todo: () => Promise<void>) => todo() })
  return (
    <div className="compte">
      <Disclosure label={<Identity />}>
        {adhesions.length > 1 && !consultation && <Organisations onSwitch={(id) => act.mutate(() => switchOrganisation(id))} />}
        <ul>
          {!consultation && <OwnPages />}
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
          {poste && (
            <li>
              <button type="button" onClick={() => act.mutate(lockDesk)}>
                <Lock aria-hidden="true" />
                Verrouiller le poste
              </button>
            </li>
          )}
          {waiting && (
            <li>
              <p className="petit">{waiting}</p>
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
      <RefusalNotice error={act.error} />
    </div>
  )
}
