import { mountApp } from '@pass/web/app.tsx'
import { Handshake, House, Map as MapIcon, MapPin, Package, Percent } from 'lucide-react'
import { paths } from './paths.ts'
import { routes } from './routes.tsx'

mountApp({
  role: 'anct',
  titre: 'ANCT',
  menu: [
    { to: paths.accueil(), label: 'Accueil', icon: House, end: true },
    { to: paths.conventions(), label: 'Conventions', icon: Handshake, droit: 'convention:read' },
    { to: paths.commandes(), label: 'Commandes', icon: Package, droit: 'commande:read' },
    { to: paths.territoires(), label: 'Territoires', icon: MapIcon, droit: 'pilotage:nation' },
    { to: paths.frais(), label: 'Frais et TVA', icon: Percent, droit: 'frais:read' },
    { to: paths.lieux(), label: 'Lieux', icon: MapPin },
  ],
  routes,
})
