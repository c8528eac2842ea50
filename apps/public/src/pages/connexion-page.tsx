import type { Session } from '@pass/contracts/session.ts'
import { DUREE_MAX_HEURES, INACTIVITE_MINUTES } from '@pass/domain/acces.ts'
import { apiQuery, call, useWarmed, warm } from '@pass/web/api.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Link, type LoaderFunctionArgs, redirectDocument, useSearchParams } from 'react-router'
import { getMoyens, listDemoPeople } from '../calls.ts'
import { goTo, nextStep, retourOf, signedIn } from '../entree.ts'
import { paths } from '../paths.ts'
import { DemoPeople } from '../widgets/demo-people.tsx'
import { LinkForm } from '../widgets/link-form.tsx'
import { ProConnectButton } from '../widgets/proconnect-button.tsx'
import { SignInForm } from '../widgets/sign-in-form.tsx'
import { SignedInCard } from '../widgets/signed-in-card.tsx'

// the list exists in a demonstration only
const people = async () => ((await call(getMoyens, {})).demo ? (await call(listDemoPeople, {})).items : [])

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const queries = await warm({
    moyens: apiQuery(getMoyens, {}),
    people: { queryKey: ['demo', 'people'], queryFn: people },
    session: { queryKey: ['signed-in'], queryFn: signedIn },
  })
  // back from ProConnect: nobody has to press anything
  const search = new URL(request.url).searchParams
  const session = search.has('suite') ? await signedIn() : null
  if (session) throw redirectDocument(nextStep(session, retourOf(search)))
  return queries
}

/** Why the person is here, when it is not by their own wish. */
const WHY: Record<string, string> = {
  inactivite: `Votre session s’est fermée après ${INACTIVITE_MINUTES}\u00a0minutes sans action. Ce que vous aviez tapé est gardé\u00a0: connectez-vous pour le retrouver.`,
  duree: `Votre session s’est fermée après ${DUREE_MAX_HEURES}\u00a0heures. Ce que vous aviez tapé est gardé\u00a0: connectez-vous pour le retrouver.`,
}

const Why = ({ search, retour }: { search: URLSearchParams; retour: string | null }) => {
  const why = WHY[search.get('motif') ?? '']
  if (why) return <Notice tone="attente">{why}</Notice>
  return retour === null ? null : <Notice tone="info">Connectez-vous pour revenir à la page demandée.</Notice>
}

const Who = () => (
  <Card titre={'Qui peut entrer\u00a0?'}>
    <ul className="puces">
      <li>
        Les personnes invitées par l’administration de leur organisation&nbsp;: collectivité, prescripteur, structure de médiation,
        opérateur, État.
      </li>
      <li>Pas encore d’accès&nbsp;? Demandez une invitation à la personne qui administre votre organisation.</li>
      <li>
        Personne n’administre votre organisation, ou elle n’est pas inscrite&nbsp;: <Link to={paths.contact()}>à qui s’adresser</Link>.
      </li>
      <li>
        Vous avez un carnet de pass&nbsp;? Aucun compte n’est nécessaire&nbsp;: <Link to={paths.lieux()}>trouvez un lieu</Link>.
      </li>
    </ul>
    <ul className="petit rang-liens">
      <li>
        <Link to={paths.aide('connexion')}>Aide à la connexion</Link>
      </li>
      <li>
        <Link to={paths.recuperation()}>J’ai perdu mon second facteur</Link>
      </li>
    </ul>
  </Card>
)

type WaysProps = { proconnect: boolean; demo: boolean; retour: string | null; onSession: (session: Session) => void }

/** The ways in, in the order in which most people have them. */
const Ways = ({ proconnect, demo, retour, onSession }: WaysProps) => (
  <div className="moyens">
    <div className="pile">
      <Card titre="Agents publics">
        {proconnect ? (
          <ProConnectButton retour={retour} />
        ) : (
          <p>ProConnect n’est pas ouvert sur ce site. Prenez un des autres moyens de cette page.</p>
        )}
      </Card>
      <Card titre="Par courriel">
        <LinkForm retour={retour} demo={demo} />
      </Card>
    </div>
    <Card titre="Avec une clé d’accès ou un mot de passe">
      <SignInForm onSession={onSession} />
    </Card>
    <Who />
  </div>
)

export const Component = () => {
  const { moyens, people: persons, session } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const retour = retourOf(search)
  const onSession = (opened: Session) => goTo(nextStep(opened, retour))
  return (
    <Page titre="Se connecter" intro="Réservé aux agents et aux structures qui travaillent avec le Pass numérique.">
      {!session && <Why search={search} retour={retour} />}
      {moyens.poste && !session && (
        <Notice tone="info" titre={`Poste partagé « ${moyens.poste.nom} », ${moyens.poste.organisation}.`}>
          Si vous vous êtes déjà connecté ici aujourd’hui, <Link to={paths.guichet()}>prenez la main par votre code</Link>.
        </Notice>
      )}
      {persons.length > 0 && (
        <p>
          <a href="#demonstration">Démonstration&nbsp;: entrer en un clic comme l’une de ses personnes</a>
        </p>
      )}
      {session ? (
        <SignedInCard session={session} retour={retour} />
      ) : (
        <Ways proconnect={moyens.proconnect} demo={moyens.demo} retour={retour} onSession={onSession} />
      )}
      {persons.length > 0 && (
        <div id="demonstration">
          <DemoPeople people={persons} onSession={onSession} />
        </div>
      )}
    </Page>
  )
}
