import { USAGE_JOURS_APRES } from '@pass/domain/ateliers.ts'
import { addDays, formatLongDay, formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { apiQuery, fileUrl, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { dayHere, drawListePapier, getAtelier, needPlaces } from '../calls.ts'
import { counterOf } from '../guichet/counter-of.ts'
import { paths } from '../paths.ts'
import { CounterCard } from '../widgets/counter-card.tsx'

export const loader = async ({ params }: LoaderFunctionArgs) => {
  await needPlaces()
  return warm({ atelier: apiQuery(getAtelier, { params: paramsOf(getAtelier, params) }) })
}

const Steps = ({ href, limite }: { href: string; limite: string }) => (
  <Card titre="Comment faire">
    <ol className="etapes-papier">
      <li>
        Imprimez la liste avant l’atelier.
        <FileLink href={href} nom="Liste à remplir à la main" type="PDF" />
      </li>
      <li>À l’atelier, chaque personne découpe son pass. Notez le code du pass en face de son nom.</li>
      <li>
        De retour, tapez les codes ici, ou confiez la feuille à quelqu’un de votre équipe. Vous avez jusqu’au{' '}
        <strong>{formatLongDay(limite)}</strong>.
      </li>
      <li>Détruisez la feuille ensuite&nbsp;: un code noté vaut de l’argent.</li>
    </ol>
  </Card>
)

/** An atelier held without a phone: a list on paper, the codes typed later by whoever has a screen. */
export const Component = () => {
  const { atelier } = useWarmed<typeof loader>()
  const limite = addDays(atelier.date, USAGE_JOURS_APRES)
  const today = dayHere()
  return (
    <Page
      titre="Travailler sur papier"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.ateliers(), label: 'Ateliers' },
        { to: paths.atelier({ atelierId: atelier.id }), label: THEME_LABELS[atelier.theme] },
      ]}
      intro={`${formatLongDay(atelier.date)}, ${formatTime(atelier.debut)}, ${atelier.lieu.nom}`}
    >
      <Columns>
        <Stack>
          {atelier.statut === 'annule' ? (
            <Notice tone="refus" titre="Atelier annulé.">
              Aucun pass ne peut y être utilisé.
            </Notice>
          ) : today < atelier.date ? (
            <Notice tone="neutre" titre="L’atelier n’a pas encore eu lieu.">
              Les codes se saisissent à partir du {formatLongDay(atelier.date)}.
            </Notice>
          ) : today > limite ? (
            <Notice tone="refus" titre="Le délai de saisie est passé.">
              Un pass s’utilise au plus tard {USAGE_JOURS_APRES} jours après l’atelier.
            </Notice>
          ) : (
            <CounterCard key={atelier.id} atelier={counterOf(atelier)} />
          )}
          <p>
            <Link to={paths.atelier({ atelierId: atelier.id })}>Cocher les présences de cet atelier</Link>
          </p>
        </Stack>
        <Steps href={fileUrl(drawListePapier, { params: { atelierId: atelier.id } })} limite={limite} />
      </Columns>
    </Page>
  )
}
