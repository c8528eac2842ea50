import type { Bordereau } from '@pass/contracts/bordereaux.ts'
import { formatMonth } from '@pass/domain/days.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Timeline } from '@pass/web/ui/timeline.tsx'
import { Instant, Jour } from '@pass/web/ui/values.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { drawBordereau, getBordereau } from '../calls.ts'
import { paths } from '../paths.ts'
import { BordereauBadge } from '../widgets/bordereau-badge.tsx'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ bordereau: apiQuery(getBordereau, { params: paramsOf(getBordereau, params) }) })

type Line = { pass: number; montantCentimes: number }
const line = ({ pass, montantCentimes }: Line): string => `${pluralPass(pass)}, ${euros(montantCentimes)}`

const Facts = ({ bordereau }: { bordereau: Bordereau }) => (
  <Card titre="Virement">
    <DefinitionList
      items={[
        { terme: 'Montant', valeur: euros(bordereau.montantCentimes) },
        { terme: 'Pass utilisés', valeur: pluralPass(bordereau.pass) },
        { terme: 'Payé le', valeur: <Jour date={bordereau.datePaiement} /> },
        { terme: 'Compte', valeur: <span className="code">{bordereau.compte.ibanMasque}</span> },
        { terme: 'Titulaire', valeur: bordereau.compte.titulaire },
        { terme: 'Opérateur', valeur: bordereau.operateur.nom },
        ...(bordereau.remise
          ? [{ terme: 'Référence du virement', valeur: <span className="code">{bordereau.remise.reference}</span> }]
          : []),
      ]}
    />
    <p>
      <FileLink href={fileUrl(drawBordereau, { params: { bordereauId: bordereau.id } })} nom={`Relevé ${bordereau.reference}`} type="PDF" />
    </p>
  </Card>
)

export const Component = () => {
  const { bordereau } = useWarmed<typeof loader>()
  return (
    <Page
      titre={`Bordereau ${bordereau.reference}`}
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.virements(), label: 'Virements' },
      ]}
      intro={`Pass utilisés en ${formatMonth(bordereau.mois)}`}
      badge={<BordereauBadge statut={bordereau.statut} />}
    >
      <Columns>
        <Stack>
          <Facts bordereau={bordereau} />
          <Card titre="Étapes">
            <Timeline
              etapes={bordereau.etapes.map(({ action, acteur, at }) => ({
                cle: `${action} ${at}`,
                titre: action,
                etat: 'fait' as const,
                detail: <Instant at={at} />,
                acteur,
              }))}
            />
          </Card>
        </Stack>
        <Stack>
          <Card titre="Par lieu">
            <DefinitionList items={bordereau.lieux.map((row) => ({ terme: row.lieu, valeur: line(row) }))} />
          </Card>
          <Card titre="Par collectivité">
            <DefinitionList items={bordereau.conventions.map((row) => ({ terme: row.collectivite, valeur: line(row) }))} />
          </Card>
        </Stack>
      </Columns>
    </Page>
  )
}
