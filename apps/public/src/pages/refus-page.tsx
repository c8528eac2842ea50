import { formatSiret } from '@pass/domain/organisations.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Link, useSearchParams } from 'react-router'
import { getMoyens } from '../calls.ts'
import { retourOf } from '../entree.ts'
import { type Motif, motifOf, siretOf } from '../motifs.ts'
import { paths } from '../paths.ts'
import { ProConnectButton } from '../widgets/proconnect-button.tsx'

export const loader = () => warm({ moyens: apiQuery(getMoyens, {}) })

const Siret = ({ siret }: { siret: string }) => (
  <p>
    SIRET reçu de ProConnect&nbsp;: <strong className="code insecable">{formatSiret(siret)}</strong>
  </p>
)

const WHO: Record<NonNullable<Motif['qui']>, string> = {
  organisation: 'Vous ne savez pas qui administre votre organisation\u00a0?',
  operateur: 'Donnez-lui ce numéro, le nom de l’établissement et votre adresse électronique.',
  assistance: 'Donnez à l’assistance votre adresse électronique et l’heure de cet essai.',
}

/** A way in that did not open: what happened, for which establishment, what to do, whom to ask. */
export const Component = () => {
  const { moyens } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const { titre, texte, suite, qui, recommencer } = motifOf(search.get('motif'))
  const siret = siretOf(search.get('siret'))
  const retour = retourOf(search)
  return (
    <Page titre={titre} fil={[{ to: paths.connexion(retour), label: 'Se connecter' }]} etroit>
      <Card>
        <p>{texte}</p>
        {siret && <Siret siret={siret} />}
        <p>{suite}</p>
        {qui && (
          <p>
            {WHO[qui]} <Link to={paths.contact()}>À qui s’adresser</Link>
          </p>
        )}
        {recommencer && moyens.proconnect && <ProConnectButton retour={retour} />}
        <ButtonRow>
          <LinkButton variant="second" to={paths.connexion(retour)}>
            Prendre un autre moyen
          </LinkButton>
        </ButtonRow>
      </Card>
    </Page>
  )
}
