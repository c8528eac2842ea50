import { comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { ROLE_LABELS, ROLE_SENTENCES } from '@pass/domain/organisations.ts'
import { apiQuery, fileUrl, useWarmed, warm } from '@pass/web/api.ts'
import { useSession } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card, Columns } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { paths } from '../paths.ts'
import { WithDone } from '../widgets/done.tsx'
import { NameForm } from '../widgets/name-form.tsx'
import { SessionsTable } from '../widgets/sessions-table.tsx'
import { WaysIn } from '../widgets/ways-in.tsx'

const { getComptePersonnel, listMySessions, downloadMyData } = comptePersonnelRoutes

export const loader = () => warm({ compte: apiQuery(getComptePersonnel, {}), sessions: apiQuery(listMySessions, {}) })

const MyAccess = () => {
  const { organisation, role, adhesions } = useSession()
  const others = adhesions.length - 1
  return (
    <Card titre="Votre accès">
      <DefinitionList
        items={[
          { terme: 'Organisation', valeur: organisation.nom },
          { terme: 'Rôle', valeur: ROLE_LABELS[role] },
          { terme: 'Ce que vous pouvez faire', valeur: <span className="normal">{ROLE_SENTENCES[role]}</span> },
        ]}
      />
      {others > 0 && <p className="petit doux">Vous avez d’autres accès : changez d’organisation par le menu à votre nom, en haut.</p>}
    </Card>
  )
}

const MyData = () => (
  <Card titre="Vos données">
    <p>Votre compte, vos accès, vos sessions et les lignes du journal à votre nom, dans un fichier.</p>
    <div>
      <FileLink href={fileUrl(downloadMyData, {})} nom="Mes données" type="JSON" stepUp={downloadMyData.stepUp} />
    </div>
    <p className="petit doux">
      Ce qui est gardé, et combien de temps : <a href="/donnees-personnelles">Données personnelles</a>.
    </p>
  </Card>
)

export const Component = () => {
  const { compte, sessions } = useWarmed<typeof loader>()
  return (
    <Page titre="Mon compte" intro={compte.courriel}>
      <WithDone>
        <Columns>
          <div className="pile">
            <NameForm compte={compte} />
            <MyAccess />
          </div>
          <div className="pile">
            <Card
              titre="Comment vous entrez"
              actions={
                <LinkButton variant="lien" to={paths.securite()}>
                  Changer
                </LinkButton>
              }
            >
              <WaysIn compte={compte} />
            </Card>
            <MyData />
          </div>
        </Columns>
        <h2 id="sessions">Vos sessions ouvertes</h2>
        <SessionsTable sessions={sessions.items} />
      </WithDone>
    </Page>
  )
}
