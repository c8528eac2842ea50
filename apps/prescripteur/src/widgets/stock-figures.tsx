import type { Output } from '@pass/contracts/route.ts'
import { formatNumber } from '@pass/domain/money.ts'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import type { getStock } from '../calls.ts'
import { paths } from '../paths.ts'

type Stock = Output<typeof getStock>

const stockWith = (query: string): string => `${paths.stock()}?${query}`

/** Where the carnets of this counter are, each number opening its list. */
export const StockFigures = ({ stock }: { stock: Stock }) => {
  const sum = (key: 'enTransit' | 'enStock' | 'remis' | 'bloques') => stock.prescripteurs.reduce((total, row) => total + row[key], 0)
  return (
    <KeyFigures
      items={[
        { titre: 'Carnets à remettre', valeur: formatNumber(sum('enStock')), detail: 'dans votre stock', to: stockWith('statut=attribue') },
        {
          titre: 'Carnets en route',
          valeur: formatNumber(sum('enTransit')),
          detail: 'réception à confirmer',
          to: `${paths.attributions()}?statut=envoyee`,
        },
        { titre: 'Carnets remis', valeur: formatNumber(sum('remis')), detail: 'à des personnes', to: stockWith('statut=remis') },
        {
          titre: 'Carnets bloqués',
          valeur: formatNumber(sum('bloques')),
          detail: 'perdus, volés, en contrôle',
          to: stockWith('statut=bloque'),
        },
      ]}
    />
  )
}
